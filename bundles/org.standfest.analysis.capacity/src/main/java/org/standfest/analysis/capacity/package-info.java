/** How full hosts are, what fits after a loss, and when growth has filled them. */
package org.standfest.analysis.capacity;
