package dev.elanus.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person sees it: its numbers, and its page in a real browser. */
class DemoIT {
    private static final Pattern LINE =
            Pattern.compile("(?m)^(AUTOINDEX|HNSW|DISKANN|IVF_FLAT|FLAT) +([01]\\.\\d{4}) ");
    private static final Pattern HIT = Pattern.compile("<li[^>]*>.*?alt=\"([^\"]+)\".*?</li>", Pattern.DOTALL);
    private static final int WITHIN_SECONDS = 240;

    @Test
    void numbersArePrintedAndThePageFindsNeighbours(@TempDir Path folder) throws Exception {
        try (ServerProcess demo = ServerProcess.with(
                folder, "demo", "--store", folder.resolve("store").toString())) {
            for (int look = 0; look < WITHIN_SECONDS && !demo.log().contains("Search them yourself"); look++) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
            }
            assertThat(demo.log()).contains("Search them yourself");
            List<MatchResult> lines = LINE.matcher(demo.log()).results().toList();
            assertThat(lines)
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(Double.parseDouble(line.group(2)))
                            .as(line.group(1))
                            .isGreaterThanOrEqualTo(line.group(1).equals("FLAT") ? 1 : 0.95));

            // Query 0 is an ankle boot, and there are a thousand more.
            String page = page(demo, "#kind=HNSW&label=&set=queries&number=0", folder);
            assertThat(page).contains("20 nearest of HNSW").doesNotContain("role=\"alert\">");
            assertThat(hits(page)).hasSize(20).contains("Ankle boot");
            // The same, but sandals alone.
            assertThat(hits(page(demo, "#kind=AUTOINDEX&label=5&set=queries&number=0", folder)))
                    .hasSize(20)
                    .containsOnly("Sandal");
            // A row's nearest is itself.
            String row = page(demo, "#kind=FLAT&label=&set=pictures&number=7", folder);
            assertThat(row).contains("src=\"picture/pictures/7.png\"");
            assertThat(row.indexOf("squared distance 0\"")).isPositive();
            byte[] picture = given().baseUri(demo.managementUri())
                    .get("/webui/picture/pictures/7.png")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray();
            assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
            given().baseUri(demo.managementUri())
                    .get("/webui/picture/pictures/10000.png")
                    .then()
                    .statusCode(404);
        }
    }

    private static List<String> hits(String page) {
        return HIT.matcher(page).results().map(hit -> hit.group(1)).toList();
    }

    /** What the browser has made of the page. */
    private static String page(ServerProcess demo, String view, Path folder) throws Exception {
        String browser =
                Files.readString(Peers.cache().resolve("chromium.path")).strip();
        Path out = Files.createTempFile(folder, "page", ".html");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder.resolve("browser"),
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        demo.managementUri() + "/webui/" + view)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(out);
    }
}
