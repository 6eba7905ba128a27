/** Half of a circle that the rule must refuse. */
package org.standfest.architecture.bad.left;
