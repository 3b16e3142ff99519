package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.NotFound;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MeteredStoreTest {
    private final Meter meter = new Meter();
    private final ObjectStore store = new MeteredStore(new MemoryStore(InstantSource.system()), meter);

    @Test
    void everyRequestIsCountedFailedOnesToo() {
        store.putIfAbsent("a", Content.of(new byte[100]));
        store.putIfAbsent("a", Content.of(new byte[100]));
        store.replace("b", Content.of(new byte[10]));
        store.delete("b");
        store.get("a");
        store.get("b");
        store.read("a", new ByteRange(90, 10));
        assertThatThrownBy(() -> store.read("b", new ByteRange(0, 1))).isInstanceOf(NotFound.class);
        store.list("", "", 10);

        assertThat(meter.puts()).isEqualTo(4);
        assertThat(meter.gets()).isEqualTo(4);
        assertThat(meter.lists()).isEqualTo(1);
        assertThat(meter.bytesRead()).isEqualTo(110);
    }
}
