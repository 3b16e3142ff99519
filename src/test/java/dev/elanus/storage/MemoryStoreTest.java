package dev.elanus.storage;

class MemoryStoreTest extends ObjectStoreContract {
    @Override
    ObjectStore open() {
        return new MemoryStore(host.clock());
    }
}
