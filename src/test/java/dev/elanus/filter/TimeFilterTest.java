package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.TimestampText;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFilterTest {
    private static final Field ID = Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false);
    private static final Field TS =
            Field.scalar(101, "ts", DataType.TIMESTAMPTZ).asNullable();
    private static final CollectionSchema SCHEMA = new CollectionSchema("", List.of(ID, TS), false);

    private static int[] passing(CollectionSchema schema, Map<String, TemplateValue> templates, String filter) {
        ColumnBuilder times = ColumnBuilder.of(TS, 4);
        for (String text : List.of("2024-01-31T00:00:00Z", "2024-02-29T12:00:00Z", "9999-12-31T23:59:59Z")) {
            times.add(TimestampText.parse(text, ZoneOffset.UTC));
        }
        times.addNull();
        Columns columns = new Columns(4, Map.of(TS.id(), times.build()));
        return FilterEvaluator.passing(FilterParser.parse(filter, templates, schema), columns, 4)
                .toArray();
    }

    private static int[] passing(String filter) {
        return passing(SCHEMA, Map.of(), filter);
    }

    @Test
    void aTimeWithoutAZoneIsInThatOfTheSchema() {
        CollectionSchema shanghai = SCHEMA.in(ZoneId.of("Asia/Shanghai"));
        assertThat(passing("ts == ISO '2024-01-31T08:00:00'")).isEmpty();
        assertThat(passing(shanghai, Map.of(), "ts == ISO '2024-01-31T08:00:00'"))
                .containsExactly(0);
        assertThat(passing(shanghai, Map.of(), "ts in [ISO '2024-01-31 08:00:00', iso \"2024-02-29T20:00:00\"]"))
                .containsExactly(0, 1);
    }

    @Test
    void aTemplateVariableMayBeTheTextOfATime() {
        var one = Map.<String, TemplateValue>of("t", new TemplateValue.Text("2024-02-01T00:00:00+01:00"));
        assertThat(passing(SCHEMA, one, "ts > {t}")).containsExactly(1, 2);
    }

    @Test
    void nullsAreNeitherBeforeNorAfterATime() {
        assertThat(passing("ts != ISO '2024-01-31'")).containsExactly(1, 2);
        assertThat(passing("not (ts == ISO '2024-01-31')")).containsExactly(1, 2);
        assertThat(passing("ts + INTERVAL 'P1M' != ISO '2024-01-31'")).containsExactly(0, 1, 2);
        assertThat(passing("ts is null")).containsExactly(3);
    }

    @Test
    void monthsEndWhereTheCalendarEndsThem() {
        assertThat(passing("ts + INTERVAL 'P1M' == ISO '2024-02-29'")).containsExactly(0);
        assertThat(passing("ts - INTERVAL 'P1Y' < ISO '2023-02-28T13:00:00Z'")).containsExactly(0, 1);
        assertThat(passing("ts - INTERVAL 'P1Y' == ISO '2023-02-28T12:00:00Z'")).containsExactly(1);
    }

    @Test
    void intervalsThatLeaveTheCalendarAreLaterThanEveryTime() {
        assertThat(passing("ts + INTERVAL 'P9999999Y' > ISO '9999-12-31T23:59:59Z'"))
                .containsExactly(0, 1, 2);
        assertThat(passing("ts - INTERVAL 'P999999W' > ISO '0001-01-01'")).isEmpty();
    }

    @Test
    void aTimeMayBeMovedBeforeItIsCompared() {
        assertThat(passing("ts < ISO '2024-01-31' + INTERVAL 'PT1S'")).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ts > ISO 'yesterday'; got invalid timestamptz string 'yesterday'",
                "ts > ISO '2024-02-30T00:00:00Z'; got invalid timestamptz string",
                "ts > INTERVAL 'P1D'; incompatible operands",
                "ts + INTERVAL 'soon' > ISO '2024-01-01'; invalid ISO 8601 duration: soon",
                "ts + INTERVAL 'P' > ISO '2024-01-01'; invalid ISO 8601 duration: P",
                "ts * INTERVAL 'P1D' > ISO '2024-01-01'; cannot apply on an interval",
                "ts + INTERVAL 'P1D' - INTERVAL 'P1D' > ISO '2024-01-01'; an interval can only be added",
                "id + INTERVAL 'P1D' > ISO '2024-01-01'; an interval can only be added to a Timestamptz field",
                "id > ISO '2024-01-01'; field 'id' is not a timestamptz datatype",
                "ts > 5; comparisons between Timestamptz and Int64 are not supported",
                "ts in [5]; value '5' in list cannot be casted to Timestamptz",
                "ts in [INTERVAL 'P1D']; a list holds no intervals",
                "id in [ISO '2024-01-01']; value '2024-01-01T00:00:00Z' in list cannot be casted to Int64",
                "ISO '2024-01-01'; predicate is not a boolean expression",
                "INTERVAL 'P1D'; predicate is not a boolean expression",
                "not INTERVAL 'P1D'; not op can only be applied on boolean expression",
                "ts > ISO '2024-01-01' and ts; 'and' can only be used between boolean expressions",
                "ISO '2025-01-01' < ts < ISO '2024-01-01'; invalid range: lowerbound is greater than upperbound",
                "ts like 'a'; like operation on non-string or no-json field is unsupported",
                "ts > DATE '2024-01-01'; expected ISO or INTERVAL before a string, found DATE"
            })
    void whatIsNoTimeIsRefused(String filter, String reason) {
        assertThatThrownBy(() -> passing(filter)).isInstanceOf(Invalid.class).hasMessageContaining(reason);
    }
}
