package dev.elanus.maintenance;

/** Is told how a verification goes. Called from one thread. */
public interface VerifyListener {
    void found(Finding finding);

    /**
     * How far the check of one collection is.
     *
     * @param where for people
     * @param done objects that are checked
     * @param total objects that there are to check
     */
    void at(String where, long done, long total);
}
