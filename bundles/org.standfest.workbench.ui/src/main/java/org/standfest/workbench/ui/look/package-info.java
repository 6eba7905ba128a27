/**
 * What both products look like: state lights, shades, type sizes, people's words for time and size.
 */
package org.standfest.workbench.ui.look;
