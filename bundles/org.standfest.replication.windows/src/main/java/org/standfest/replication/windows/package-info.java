/**
 * File trees and shadow copies of Windows: written against the contracts and tested with structures
 * and texts as Microsoft documents them, and never tried on Windows.
 */
package org.standfest.replication.windows;
