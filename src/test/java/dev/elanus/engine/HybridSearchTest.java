package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.Boost;
import dev.elanus.search.Decay;
import dev.elanus.search.FilterText;
import dev.elanus.search.Fusion;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hybrid searches against the formulae, computed from the plain searches' answers. */
class HybridSearchTest {
    @TempDir
    private Path folder;

    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(new MemoryStore(InstantSource.system()), host, folder);
        DatabaseFixture.create(database, false, "FLAT");
        DatabaseFixture.insert(database, 0, 200);
        database.flush(NAME);
        DatabaseFixture.insert(database, 200, 300);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static SearchRequest part(long near, int topK, String filter) {
        return DatabaseFixture.request(
                List.of(DatabaseFixture.vectorOf(near), DatabaseFixture.vectorOf(near + 1)),
                topK,
                filter,
                List.of("label"));
    }

    private static HybridRequest hybrid(List<SearchRequest> parts, Fusion fusion, int limit, int offset, int round) {
        return new HybridRequest(
                NAME,
                List.of(),
                parts,
                fusion,
                limit,
                offset,
                round,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Map.of(),
                Duration.ofMinutes(1),
                "");
    }

    private static final List<SearchRequest> PARTS =
            List.of(part(7, 20, ""), part(7_000, 30, "id < 250"), part(9_000, 5, ""));

    /** Of each query, what its rows got from each part in turn. */
    private List<Map<Long, Float>> fused(Fusion fusion) {
        List<Map<Long, Float>> scores = List.of(new HashMap<>(), new HashMap<>());
        for (int part = 0; part < PARTS.size(); part++) {
            SearchResult found = database.search(PARTS.get(part));
            List<Long> keys = DatabaseFixture.keysOf(found);
            int at = 0;
            for (int query = 0; query < 2; query++) {
                for (int rank = 1; rank <= found.hitCounts()[query]; rank++, at++) {
                    float share = switch (fusion) {
                        case Decay decay -> throw new IllegalArgumentException(decay.toString());
                        case Boost boost -> throw new IllegalArgumentException(boost.toString());
                        case Fusion.Reciprocal reciprocal -> 1 / (reciprocal.k() + rank);
                        case Fusion.Weighted weighted ->
                            weighted.weights().get(part)
                                    * (weighted.normalized()
                                            ? (float) (1 - 2 * Math.atan(found.scores()[at]) / Math.PI)
                                            : found.scores()[at]);
                    };
                    scores.get(query).merge(keys.get(at), share, Float::sum);
                }
            }
        }
        return scores;
    }

    private void matches(Fusion fusion, boolean ascending) {
        SearchResult result = database.hybridSearch(hybrid(PARTS, fusion, 12, 3, -1));
        assertThat(result.hitCounts()).containsExactly(12, 12);
        List<Long> wanted = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (Map<Long, Float> ofQuery : fused(fusion)) {
            Comparator<Map.Entry<Long, Float>> order = Map.Entry.comparingByValue();
            List<Map.Entry<Long, Float>> sorted = ofQuery.entrySet().stream()
                    .sorted((ascending ? order : Collections.reverseOrder(order))
                            .thenComparing(Map.Entry.comparingByKey()))
                    .skip(3)
                    .limit(12)
                    .toList();
            sorted.forEach(entry -> wanted.add(entry.getKey()));
            sorted.forEach(entry -> scores.add(entry.getValue()));
        }
        assertThat(DatabaseFixture.keysOf(result)).isEqualTo(wanted);
        BytesColumn labels = (BytesColumn) result.output().columns().getFirst().column();
        for (int i = 0; i < scores.size(); i++) {
            assertThat(result.scores()[i]).isCloseTo(scores.get(i), within(1e-6f));
            assertThat(labels.textAt(i)).isEqualTo("label " + wanted.get(i) % 10);
        }
    }

    @Test
    void reciprocalRanksAreAddedUp() {
        matches(new Fusion.Reciprocal(60), false);
        matches(new Fusion.Reciprocal(0.5f), false);
    }

    @Test
    void scoresDecayWithTheDistanceOfAFieldFromAnOrigin() {
        SearchRequest part = part(7, 40, "");
        SearchResult plain = database.search(part);
        List<Long> keys = DatabaseFixture.keysOf(plain).subList(0, 40);
        for (Decay.Shape shape : Decay.Shape.values()) {
            Decay decay = new Decay("id", shape, 100, 50, 10, 0.25, false, Decay.Mode.MAX);
            Map<Long, Double> scores = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                double far = Math.max(0, Math.abs(keys.get(i) - 100) - 10) / 50.0;
                double factor = switch (shape) {
                    case GAUSS -> Math.pow(0.25, far * far);
                    case EXP -> Math.pow(0.25, far);
                    case LINEAR -> Math.max(0.25, 1 - far * 0.75);
                };
                scores.put(keys.get(i), (1 - 2 * Math.atan(plain.scores()[i]) / Math.PI) * factor);
            }
            SearchResult result = database.hybridSearch(hybrid(List.of(part), decay, 40, 0, -1));
            List<Long> found = DatabaseFixture.keysOf(result).subList(0, 40);
            assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
            for (int i = 0; i < 40; i++) {
                assertThat((double) result.scores()[i])
                        .isCloseTo(java.util.Objects.requireNonNull(scores.get(found.get(i))), within(1e-6));
                assertThat(i == 0 || result.scores()[i] <= result.scores()[i - 1])
                        .isTrue();
            }
        }
        assertThatThrownBy(() -> new Decay("id", Decay.Shape.EXP, 0, 0, 0, 0.5, false, Decay.Mode.MAX))
                .hasMessageContaining("decay function param: scale must > 0, but got 0");
        Decay nullable = new Decay("label", Decay.Shape.EXP, 0, 1, 0, 0.5, false, Decay.Mode.MAX);
        refused(hybrid(List.of(part), nullable, 3, 0, -1), "function input field cannot be nullable: field label");
    }

    @Test
    void groupsStandInTheOrderOfTheirScoresWithTheirBestRows() {
        List<SearchRequest> parts = List.of(part(7, 10, ""), part(7_000, 10, "id < 250"));
        groupsStandInOrder(parts, new Fusion.Reciprocal(60));
        Decay decay = new Decay("id", Decay.Shape.EXP, 100, 50, 10, 0.25, false, Decay.Mode.SUM);
        groupsStandInOrder(parts, decay);
        groupsStandInOrder(List.of(part(7, 10, "")), decay);
    }

    private void groupsStandInOrder(List<SearchRequest> parts, Fusion fusion) {
        for (String scorer : List.of("max", "sum", "avg")) {
            HybridRequest plain = hybrid(parts, fusion, 4, 1, -1);
            SearchResult result = database.hybridSearch(new HybridRequest(
                    plain.collection(),
                    List.of(),
                    parts,
                    plain.fusion(),
                    4,
                    1,
                    -1,
                    plain.readPoint(),
                    Map.of(
                            "group_by_field",
                            "label",
                            "group_size",
                            "2",
                            "strict_group_size",
                            "true",
                            "rank_group_scorer",
                            scorer),
                    Duration.ofMinutes(1),
                    ""));
            assertThat(result.hitCounts()).containsExactly(8, 8);
            BytesColumn groups = (BytesColumn)
                    java.util.Objects.requireNonNull(result.groups()).column();
            for (int query = 0; query < 2; query++) {
                double before = Double.MAX_VALUE;
                java.util.Set<String> seen = new java.util.HashSet<>();
                for (int at = 8 * query; at < 8 * (query + 1); at += 2) {
                    assertThat(groups.textAt(at)).isEqualTo(groups.textAt(at + 1));
                    assertThat(seen.add(groups.textAt(at))).isTrue();
                    double one = result.scores()[at];
                    double other = result.scores()[at + 1];
                    assertThat(one).isGreaterThanOrEqualTo(other);
                    double score = scorer.equals("max") ? one : scorer.equals("sum") ? one + other : (one + other) / 2;
                    assertThat(score).isLessThanOrEqualTo(before);
                    before = score;
                }
            }
        }
    }

    @Test
    void weightsRaiseAndLowerTheScoresOfTheRowsThatTheyAreFor() {
        SearchRequest part = part(7, 40, "");
        SearchResult plain = database.search(part);
        List<Long> keys = DatabaseFixture.keysOf(plain).subList(0, 40);
        for (Boost.Mode together : Boost.Mode.values()) {
            for (Boost.Mode withScore : Boost.Mode.values()) {
                List<Boost.Weight> weights = List.of(
                        new Boost.Weight(0.1f, FilterText.of("id % 2 == 0"), null),
                        new Boost.Weight(3, FilterText.of("label == 'label 4'"), null));
                SearchResult result = database.hybridSearch(
                        hybrid(List.of(part), new Boost(weights, together, withScore), 40, 0, -1));
                List<Long> found = DatabaseFixture.keysOf(result).subList(0, 40);
                assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
                for (int i = 0; i < 40; i++) {
                    long key = found.get(i);
                    float score = plain.scores()[keys.indexOf(key)];
                    float both = together == Boost.Mode.SUM ? 3.1f : 0.3f;
                    float weight = key % 10 == 4 ? both : 0.1f;
                    float boosted = withScore == Boost.Mode.SUM ? score + weight : score * weight;
                    assertThat(result.scores()[i]).isCloseTo(key % 2 == 0 ? boosted : score, within(1e-5f));
                    assertThat(i == 0 || result.scores()[i] >= result.scores()[i - 1])
                            .isTrue();
                }
            }
        }
        Boost.Weight byChance = new Boost.Weight(1, FilterText.of(""), new Boost.Chance(5, "id"));
        Boost chance = new Boost(List.of(byChance), Boost.Mode.MULTIPLY, Boost.Mode.MULTIPLY);
        HybridRequest request = hybrid(List.of(part), chance, 40, 0, -1);
        SearchResult once = database.hybridSearch(request);
        assertThat(database.hybridSearch(request).scores()).isEqualTo(once.scores());
        assertThat(DatabaseFixture.keysOf(once)).isNotEqualTo(DatabaseFixture.keysOf(plain));
        Boost wrong = new Boost(
                List.of(new Boost.Weight(1, FilterText.of("nowhere == 1"), null)),
                Boost.Mode.MULTIPLY,
                Boost.Mode.MULTIPLY);
        refused(hybrid(List.of(part), wrong, 3, 0, -1), "field nowhere not exist");
    }

    @Test
    void ofARowThatSeveralPartsFoundTheScoresAreTheLargestTheSumOrTheMean() {
        List<Map<Long, List<Double>>> found = List.of(new HashMap<>(), new HashMap<>());
        for (SearchRequest part : PARTS) {
            SearchResult result = database.search(part);
            List<Long> keys = DatabaseFixture.keysOf(result);
            for (int at = 0; at < keys.size(); at++) {
                found.get(at < result.hitCounts()[0] ? 0 : 1)
                        .computeIfAbsent(keys.get(at), _ -> new ArrayList<>())
                        .add(1 - 2 * Math.atan(result.scores()[at]) / Math.PI);
            }
        }
        assertThat(found.getFirst().values()).as("rows of several parts").anyMatch(scores -> scores.size() > 1);
        for (Decay.Mode mode : Decay.Mode.values()) {
            Decay decay = new Decay("id", Decay.Shape.EXP, 150, 100, 0, 0.5, true, mode);
            SearchResult result = database.hybridSearch(hybrid(PARTS, decay, 10, 0, -1));
            List<Long> keys = DatabaseFixture.keysOf(result);
            for (int at = 0; at < keys.size(); at++) {
                List<Double> scores =
                        found.get(at < result.hitCounts()[0] ? 0 : 1).get(keys.get(at));
                double sum = scores.stream().mapToDouble(score -> score).sum();
                double together = switch (mode) {
                    case MAX -> Collections.max(scores);
                    case SUM -> sum;
                    case AVG -> sum / scores.size();
                };
                double factor = Math.pow(0.5, Math.abs(keys.get(at) - 150) / 100.0);
                assertThat(result.scores()[at])
                        .as("%s of %s", mode, keys.get(at))
                        .isCloseTo((float) (together * factor), within(1e-5f));
            }
        }
    }

    @Test
    void weightedScoresAreAddedUp() {
        matches(new Fusion.Weighted(List.of(0.5f, 1f, 0.25f), true), false);
        matches(new Fusion.Weighted(List.of(0.5f, 1f, 0.25f), false), true);
    }

    @Test
    void scoresAreRoundedAndTheOffsetMayBePastTheEnd() {
        SearchResult result = database.hybridSearch(hybrid(PARTS, new Fusion.Reciprocal(60), 3, 0, 2));
        assertThat(result.scores()[0]).isIn(0.02f, 0.03f, 0.05f);
        assertThat(database.hybridSearch(hybrid(PARTS, new Fusion.Reciprocal(60), 3, 1_000, 2))
                        .hitCounts())
                .containsExactly(0, 0);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        refused(hybrid(List.of(), new Fusion.Reciprocal(60), 3, 0, -1), "maximum of ann search requests is 1024");
        refused(hybrid(PARTS, new Fusion.Reciprocal(0), 3, 0, -1), "rank params k should be in range (0, 16384)");
        refused(hybrid(PARTS, new Fusion.Reciprocal(16_384), 3, 0, -1), "rank params k should be in range (0, 16384)");
        refused(
                hybrid(PARTS, new Fusion.Weighted(List.of(1f), false), 3, 0, -1),
                "the length of weights param mismatch with ann search requests: invalid parameter[expected=3][actual=1]");
        refused(
                hybrid(PARTS, new Fusion.Weighted(List.of(1f, 2f, 0f), false), 3, 0, -1),
                "rank param weight should be in range [0, 1]");
        refused(
                hybrid(PARTS, new Fusion.Reciprocal(60), 16_380, 5, -1),
                "invalid max query result window, (offset+limit) should be in range [1, 16384], but got 16385");
        refused(
                hybrid(PARTS, new Fusion.Reciprocal(60), 3, -1, -1),
                "invalid max query result window, offset [-1] is invalid, should be gte than 0");
        refused(
                hybrid(PARTS, new Fusion.Reciprocal(60), 0, 0, -1),
                "invalid max query result window, limit [0] is invalid, should be greater than 0");
        SearchRequest single = DatabaseFixture.request(List.of(DatabaseFixture.vectorOf(1)), 3, "", List.of());
        refused(
                hybrid(List.of(PARTS.getFirst(), single), new Fusion.Reciprocal(60), 3, 0, -1),
                "sub search request nq should be the same");
    }

    private void refused(HybridRequest request, String text) {
        assertThatThrownBy(() -> database.hybridSearch(request)).hasMessageContaining(text);
    }
}
