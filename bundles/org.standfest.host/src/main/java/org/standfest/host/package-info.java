/** Programs of the machine we run on, started with limits on their time and their output. */
package org.standfest.host;
