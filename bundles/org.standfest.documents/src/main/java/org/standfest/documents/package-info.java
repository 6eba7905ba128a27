/** Reports as data, and written out as HTML and as PDF. */
package org.standfest.documents;
