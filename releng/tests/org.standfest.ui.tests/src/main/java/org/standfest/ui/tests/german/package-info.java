/** Tests in the workbench of the product hq, started in German. */
package org.standfest.ui.tests.german;
