package org.standfest.management;

/** How a standby takes the place of a system that has failed somewhere else. */
public enum ReplacementWay {
    /** The standby stands where the system's clients reach it. */
    HERE,
    /** The standby stays where it is; the branch reaches it through the VPN. */
    VPN,
    /** The standby is carried to the branch and serves there. */
    CARRIED,
    /** A machine of the spare pool is prepared beside the standby and swapped in at the branch. */
    SPARE
}
