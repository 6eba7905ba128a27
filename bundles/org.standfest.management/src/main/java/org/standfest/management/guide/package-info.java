/** The steps of the guided recoveries: one numbering and one wording for window and paper. */
package org.standfest.management.guide;
