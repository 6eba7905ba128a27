/** Snapshots of the disks of running libvirt machines, by libvirt's own backup jobs. */
package org.standfest.hypervisor.libvirt;
