/** Tests in the workbench of the product branch. */
package org.standfest.ui.tests.branch;
