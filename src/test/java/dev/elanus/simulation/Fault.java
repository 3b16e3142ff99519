package dev.elanus.simulation;

/** What can happen to a request. */
enum Fault {
    /** Refused before anything is done. */
    UNAVAILABLE,
    /** A write is done and its reply is lost. */
    LOST_REPLY,
    /** A write is not done and looks as if its reply was lost. */
    LOST_REQUEST,
    /** A write's reply is lost; it is done minutes later. */
    LATE_WRITE,
    /** A write is done, and the client library's second attempt reports that it is there already. */
    OWN_WRITE_MET,
    /** A write is done once more, minutes later. */
    WRITTEN_TWICE,
    /** A bit of a read range arrives flipped. */
    FLIPPED_BIT,
    /** The end of a read range arrives as zeros. */
    TORN_READ,
    /** A request takes up to a minute. */
    SLOW,
    /** A listing shows its first half as it was earlier than its second. */
    UNEVEN_LISTING
}
