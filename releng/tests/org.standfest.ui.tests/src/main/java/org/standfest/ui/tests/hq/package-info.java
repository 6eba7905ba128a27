/** Tests in the workbench of the product hq. */
package org.standfest.ui.tests.hq;
