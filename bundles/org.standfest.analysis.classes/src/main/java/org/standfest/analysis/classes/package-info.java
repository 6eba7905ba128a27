/** Classes of availability that reports name, each with the sentence behind it. */
package org.standfest.analysis.classes;
