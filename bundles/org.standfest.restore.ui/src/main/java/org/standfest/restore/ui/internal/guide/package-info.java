/** What the pages of the guided recoveries say and where their buttons lead. No widgets. */
package org.standfest.restore.ui.internal.guide;
