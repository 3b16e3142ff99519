package dev.elanus.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RESTful v2 against the packaged server. */
class RestIT {
    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ServerProcess.serve(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aQuickCollectionIsThereIndexedAndLoaded() {
        post("collections/create", "{'collectionName':'quick','dimension':3}").body("code", equalTo(0));
        post("collections/has", "{'collectionName':'quick'}").body("data.has", equalTo(true));
        post("collections/list", "{}").body("data", hasItem("quick"));
        post("collections/describe", "{'collectionName':'quick'}")
                .body("data.load", equalTo("LoadStateLoaded"))
                .body("data.fields.name", contains("id", "vector"))
                .body("data.indexes[0].metricType", equalTo("COSINE"))
                .body("data.enableDynamicField", equalTo(true));
        post("collections/get_load_state", "{'collectionName':'quick'}")
                .body("data.loadState", equalTo("LoadStateLoaded"))
                .body("data.loadProgress", equalTo(100));
        post("collections/release", "{'collectionName':'quick'}").body("code", equalTo(0));
        post("entities/search", "{'collectionName':'quick','data':[[1,2,3]]}").body("code", equalTo(101));
        post("collections/load", "{'collectionName':'quick'}").body("code", equalTo(0));
    }

    @Test
    void rowsGoInAndComeOutByVectorFilterAndKey() {
        post("collections/create", "{'collectionName':'rows','dimension':2,'metricType':'L2'}");
        post(
                        "entities/insert",
                        "{'collectionName':'rows','data':[{'id':1,'vector':[0,0],'color':'red','n':1.5},"
                                + "{'id':'2','vector':[1,0],'color':'blue'},{'id':3,'vector':[5,5],'color':'red'}]}")
                .body("code", equalTo(0))
                .body("data.insertCount", equalTo(3))
                .body("data.insertIds", contains(1, 2, 3));
        post("entities/search", "{'collectionName':'rows','data':[[0,0],[5,5]],'limit':2,'outputFields':['color']}")
                .body("topks", contains(2, 2))
                .body("data.id", contains(1, 2, 3, 2))
                .body("data[0].color", equalTo("red"))
                .body("data[1].distance", equalTo(1f))
                .body("elanus.waves", notNullValue())
                .body("elanus.rowsScanned", greaterThan(0));
        post("entities/query", "{'collectionName':'rows','filter':'color == \\'red\\'','outputFields':['id','n']}")
                .body("data.id", contains(1, 3))
                .body("data[0].n", equalTo(1.5f));
        post("entities/query", "{'collectionName':'rows','filter':'id in {ids}','exprParams':{'ids':[2,3]}}")
                .body("data.id", contains(2, 3));
        post("entities/get", "{'collectionName':'rows','id':[3,1],'outputFields':['vector']}")
                .body("data.id", contains(1, 3))
                .body("data[1].vector", contains(5f, 5f));
        post("entities/upsert", "{'collectionName':'rows','data':{'id':3,'vector':[9,9],'color':'green'}}")
                .body("data.upsertCount", equalTo(1));
        post("entities/delete", "{'collectionName':'rows','filter':'id == 1'}").body("data.deleteCount", equalTo(1));
        post("collections/flush", "{'collectionName':'rows'}").body("code", equalTo(0));
        post("entities/query", "{'collectionName':'rows','filter':'','outputFields':['count(*)']}")
                .body("data[0].'count(*)'", equalTo(2));
        post("collections/get_stats", "{'collectionName':'rows'}").body("data.rowCount", equalTo(2));
        given().baseUri(server.uri())
                .header("Accept-Type-Allow-Int64", "false")
                .body(json("{'collectionName':'rows','id':3}"))
                .post("/v2/vectordb/entities/get")
                .then()
                .body("data[0].id", equalTo("3"));
    }

    @Test
    void aCollectionIsKeptRestoredClonedAndReadAsItWas() {
        post("collections/create", "{'collectionName':'kept','dimension':2,'metricType':'L2'}");
        post("entities/insert", "{'collectionName':'kept','data':[{'id':1,'vector':[0,0]},{'id':2,'vector':[1,0]}]}")
                .body("code", equalTo(0));
        post("snapshots/create", "{'collectionName':'kept','snapshotName':'two','description':'rows'}")
                .body("data.rowCount", equalTo(2));
        long taken = post("snapshots/describe", "{'collectionName':'kept','snapshotName':'two'}")
                .body("data.description", equalTo("rows"))
                .extract()
                .path("data.createTime");
        post("entities/delete", "{'collectionName':'kept','filter':'id == 1'}").body("code", equalTo(0));
        post("snapshots/list", "{'collectionName':'kept'}").body("data", contains("two"));
        post("snapshots/restore", "{'collectionName':'kept','snapshotName':'two','targetCollectionName':'back'}")
                .body("code", equalTo(0));
        post("collections/clone", "{'collectionName':'kept','targetCollectionName':'cloned'}")
                .body("code", equalTo(0));
        post("collections/get_stats", "{'collectionName':'back'}").body("data.rowCount", equalTo(2));
        post("collections/get_stats", "{'collectionName':'cloned'}").body("data.rowCount", equalTo(1));
        post("entities/query", "{'collectionName':'kept','outputFields':['count(*)'],'asOf':" + taken + "}")
                .body("code", equalTo(0));
        post("entities/query", "{'collectionName':'kept','outputFields':['count(*)'],'asOf':1}")
                .body("code", equalTo(1100));
        post("snapshots/drop", "{'collectionName':'kept','snapshotName':'two'}").body("code", equalTo(0));
        post("snapshots/list", "{'collectionName':'kept'}").body("data", hasSize(0));
        post("collections/alter_properties", "{'collectionName':'kept','properties':{'collection.ttl.seconds':'60'}}")
                .body("code", equalTo(0));
        post("collections/describe", "{'collectionName':'kept'}")
                .body("data.properties.find { it.key == 'collection.ttl.seconds' }.value", equalTo("60"));
        post("collections/drop_properties", "{'collectionName':'kept','propertyKeys':['collection.ttl.seconds']}")
                .body("code", equalTo(0));
    }

    @Test
    void aSchemaIsCreatedWithItsIndexesOrNotAtAll() {
        String fields = "'schema':{'fields':[{'fieldName':'key','dataType':'VarChar','isPrimary':true,"
                + "'elementTypeParams':{'max_length':20}},{'fieldName':'v','dataType':'FloatVector',"
                + "'elementTypeParams':{'dim':'2'}},{'fieldName':'n','dataType':'Int16','nullable':true},"
                + "{'fieldName':'j','dataType':'JSON'}]}";
        post(
                        "collections/create",
                        "{'collectionName':'bad'," + fields
                                + ",'indexParams':[{'fieldName':'v','metricType':'L2','indexType':'NOPE'}]}")
                .body("code", equalTo(1100))
                .body("message", containsString("invalid index type: NOPE"));
        post("collections/has", "{'collectionName':'bad'}").body("data.has", equalTo(false));
        post(
                        "collections/create",
                        "{'collectionName':'schema'," + fields
                                + ",'indexParams':[{'fieldName':'v','indexName':'by_v','metricType':'L2','indexType':'HNSW','params':{'M':8,'efConstruction':64}}]}")
                .body("code", equalTo(0));
        post("indexes/list", "{'collectionName':'schema'}").body("data", contains("by_v"));
        post("indexes/describe", "{'collectionName':'schema','indexName':'by_v'}")
                .body("data[0].indexType", equalTo("HNSW"))
                .body(
                        "data[0].indexParams.find { it.key == 'params' }.value",
                        equalTo("{\"M\":8,\"efConstruction\":64}"))
                .body("data[0].indexState", equalTo("Finished"));
        post(
                        "indexes/create",
                        "{'collectionName':'schema','indexParams':[{'fieldName':'n','indexName':'by_n',"
                                + "'indexType':'INVERTED','params':{'index_type':'INVERTED'}}]}")
                .body("code", equalTo(0));
        post("indexes/describe", "{'collectionName':'schema','indexName':'by_n'}")
                .body("data[0].indexType", equalTo("INVERTED"));
        post(
                        "entities/insert",
                        "{'collectionName':'schema','data':[{'key':'a\\\"b','v':[1,2],'n':null,'j':{'x':[1]}}]}")
                .body("data.insertCount", equalTo(1));
        post("entities/get", "{'collectionName':'schema','id':'a\\\"b'}")
                .body("data[0].n", equalTo(null))
                .body("data[0].j", equalTo("{\"x\":[1]}"));
        post("collections/drop", "{'collectionName':'schema'}").body("code", equalTo(0));
        post("collections/drop", "{'collectionName':'schema'}").body("code", equalTo(0));
    }

    @Test
    void mistakesHaveMilvusCodes() {
        post("collections/create", "{'collectionName':'mistakes','dimension':2}");
        refused(1801, "can only accept json format request", "collections/list", "");
        refused(1801, "can only accept json format request", "collections/list", "{");
        post("collections/list", "null").body("code", equalTo(0));
        refused(1802, "'CollectionName' failed on the 'required' tag", "collections/describe", "{}");
        refused(1802, "'CollectionName' failed on the 'required' tag", "collections/describe", "null");
        refused(
                100,
                "can't find collection[database=default][collection=x]",
                "collections/describe",
                "{'collectionName':'x'}");
        refused(800, "database not found[database=other]", "collections/list", "{'dbName':'other'}");
        refused(1100, "dimension is required", "collections/create", "{'collectionName':'y'}");
        refused(1802, "'Data' failed", "entities/insert", "{'collectionName':'mistakes'}");
        refused(
                1804,
                "is not equal to schema dim (2)",
                "entities/insert",
                "{'collectionName':'mistakes','data':{'id':1,'vector':[1]}}");
        refused(
                1804,
                "missing vector field: vector",
                "entities/insert",
                "{'collectionName':'mistakes','data':{'id':1,'vector':'x'}}");
        refused(1804, "field id", "entities/insert", "{'collectionName':'mistakes','data':{'id':1.5,'vector':[1,2]}}");
        refused(1806, "please check the primary key", "entities/get", "{'collectionName':'mistakes','id':['x']}");
        refused(1802, "'Filter' failed", "entities/delete", "{'collectionName':'mistakes'}");
        refused(1100, "cannot parse expression", "entities/query", "{'collectionName':'mistakes','filter':'id =='}");
        refused(
                1100,
                "topk [16385] is invalid",
                "entities/search",
                "{'collectionName':'mistakes','data':[[1,2]],'limit':16385}");
        refused(
                1100,
                "partition name p not found",
                "entities/search",
                "{'collectionName':'mistakes','data':[[1,2]],'partitionNames':['p']}");
    }

    @Test
    void healthMetricsAndPageAreOnTheManagementPort() {
        given().baseUri(server.managementUri())
                .get("/healthz")
                .then()
                .statusCode(200)
                .body(equalTo("OK"));
        post("collections/list", "{}");
        String metrics = given().baseUri(server.managementUri())
                .get("/metrics")
                .then()
                .extract()
                .asString();
        assertThat(metrics)
                .contains(
                        "milvus_proxy_req_count{",
                        "function_name=\"ShowCollections\"",
                        "milvus_rootcoord_proxy_num 1.0");
        given().baseUri(server.managementUri())
                .get("/webui")
                .then()
                .statusCode(200)
                .body(containsString("<title>Elanus"));
        given().baseUri(server.managementUri()).get("/webui/api/state").then().body("kernel", notNullValue());
    }

    private static void refused(int code, String text, String path, String body) {
        post(path, body).body("code", equalTo(code)).body("message", containsString(text));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().baseUri(server.uri())
                .contentType("application/json")
                .body(json(body))
                .post("/v2/vectordb/" + path)
                .then()
                .statusCode(200);
    }

    /** JSON is easier to read here with single quotes; one behind a backslash stays. */
    private static String json(String text) {
        return text.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
    }
}
