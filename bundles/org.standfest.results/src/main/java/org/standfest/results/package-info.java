/**
 * The nouns of every answer Standfest gives: outcomes, explanations in the reader's language,
 * findings.
 */
package org.standfest.results;
