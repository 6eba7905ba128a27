/**
 * How many licences a topology needs: the contract for partners, and the models that come along.
 */
package org.standfest.analysis.licences;
