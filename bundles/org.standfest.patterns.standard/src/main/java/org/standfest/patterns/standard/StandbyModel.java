package org.standfest.patterns.standard;

/** The six ways to protect systems by images on a standby. */
enum StandbyModel {
    /** One standby for any number of systems, one replaced at a time. */
    CLASSIC("classic"),
    /** Backup and disaster recovery in one. */
    HIGH_AVAILABILITY("high-availability"),
    /** Over narrow lines: through the VPN, carried, or swapped in. */
    BRANCH("branch"),
    /** Several standby instances as virtual machines at another site. */
    ALTERNATIVE_DATA_CENTRE("alternative-data-centre"),
    /** A provider protects many customers, each apart. */
    OUTSOURCING("outsourcing"),
    /** Each system on two of three standbys. */
    RAID("raid");

    private final String key;

    StandbyModel(String key) {
        this.key = key;
    }

    /** Behind {@code standfest.standby-} in the pattern's id. */
    String key() {
        return key;
    }

    /** Whether the standby stands at another site than what it protects. */
    boolean away() {
        return this == BRANCH || this == ALTERNATIVE_DATA_CENTRE || this == OUTSOURCING;
    }
}
