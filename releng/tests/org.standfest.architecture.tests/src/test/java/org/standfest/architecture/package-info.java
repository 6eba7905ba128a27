/** What the house promises about its structure, checked; and for each check a case it refuses. */
package org.standfest.architecture;
