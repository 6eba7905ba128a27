/** Several systems started in one go: by priority, after each other, at most some at once. */
package org.standfest.recovery.chain;
