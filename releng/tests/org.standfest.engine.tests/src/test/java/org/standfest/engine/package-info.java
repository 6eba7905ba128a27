/** Tests that boot real machines under QEMU. */
package org.standfest.engine;
