/**
 * How a topology is shown and edited without any window system: words, icons, fresh elements, and
 * the item providers of EMF Edit.
 */
package org.standfest.topology.edit;
