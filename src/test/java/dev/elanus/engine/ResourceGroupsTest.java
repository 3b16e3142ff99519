package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.engine.ResourceGroup.Config;
import dev.elanus.error.Invalid;
import dev.elanus.error.Invalid.Reason;
import dev.elanus.error.NotFound;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceGroupsTest {
    private final ResourceGroups groups = new ResourceGroups();

    private static Config config(int requests, int limits) {
        return new Config(requests, limits, List.of(), List.of(), Map.of());
    }

    private static void refused(Runnable work, Reason reason, String text) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(Invalid.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal).hasMessageContaining(text);
        });
    }

    @Test
    void groupsAreCreatedChangedAndDropped() {
        groups.create("a", config(1, 2));
        groups.create("a", config(1, 2));
        refused(
                () -> groups.create("a", config(1, 3)),
                Reason.RESOURCE_GROUP_EXISTS,
                "resource group already exist, but create with different config[rg=a]");
        assertThat(groups.list()).containsExactly(ResourceGroups.DEFAULT, "a");
        assertThat(groups.describe("a").capacity()).isEqualTo(1);
        assertThat(groups.describe(ResourceGroups.DEFAULT).nodes()).isZero();
        refused(() -> groups.drop("a"), Reason.PARAMETER, "resource group's limits node num is not 0");
        groups.update(Map.of("a", Config.NONE));
        groups.create("b", new Config(0, 0, List.of("a"), List.of(), Map.of()));
        refused(() -> groups.drop("a"), Reason.PARAMETER, "resource group a is used by b");
        groups.drop("b");
        groups.drop("a");
        groups.drop("a");
        refused(() -> groups.drop(ResourceGroups.DEFAULT), Reason.PARAMETER, "default resource group is not deletable");
        assertThatThrownBy(() -> groups.describe("a"))
                .isInstanceOf(NotFound.class)
                .hasMessage("resource group not found[rg=a]");
        assertThatThrownBy(() -> groups.update(Map.of("a", Config.NONE))).isInstanceOf(NotFound.class);
    }

    @Test
    void aConfigurationThatContradictsItselfIsRefused() {
        refused(() -> groups.create("a", config(2, 1)), Reason.RESOURCE_GROUP_CONFIG, "limits node num should not");
        refused(() -> groups.create("a", config(-1, 1)), Reason.RESOURCE_GROUP_CONFIG, "should not less than 0");
        refused(
                () -> groups.create("a", new Config(0, 0, List.of("x"), List.of(), Map.of())),
                Reason.RESOURCE_GROUP_CONFIG,
                "resource group in `from` x not exist");
        refused(() -> groups.create("1a", Config.NONE), Reason.PARAMETER, "Invalid resource group name: 1a.");
        for (int i = 1; i < 1024; i++) {
            groups.create("g" + i, Config.NONE);
        }
        refused(() -> groups.create("more", Config.NONE), Reason.TOO_MANY_RESOURCE_GROUPS, "reach limit[limit=1024]");
    }

    @Test
    void theOneNodeIsWhereItIsAskedFor() {
        groups.create("a", config(0, 1));
        assertThat(groups.describe("a").nodes()).isZero();
        groups.create("labelled", new Config(1, 1, List.of(), List.of(), Map.of("zone", "x")));
        groups.create("b", config(1, 2));
        groups.create("c", config(1, 2));
        assertThat(groups.describe("b").nodes()).isEqualTo(1);
        assertThat(groups.describe(ResourceGroups.DEFAULT).nodes()).isZero();
        groups.update(Map.of("b", config(0, 2)));
        assertThat(groups.describe("c").nodes()).isEqualTo(1);
        groups.update(Map.of("c", Config.NONE));
        assertThat(groups.describe(ResourceGroups.DEFAULT).nodes()).isEqualTo(1);
    }

    @Test
    void aCollectionIsLoadedIntoAGroup() {
        groups.create("a", config(0, 1));
        groups.place(List.of("a"), 7);
        assertThat(groups.groupOfReplica(7)).isEqualTo("a");
        assertThatThrownBy(() -> groups.place(List.of("none"), 7))
                .isInstanceOf(NotFound.class)
                .hasMessage("resource group not found[rg=none]");
        refused(
                () -> groups.place(List.of("a", ResourceGroups.DEFAULT), 7),
                Reason.PARAMETER,
                "resource group num can only be 0, 1 or same as replica number");
    }

    @Test
    void theOneNodeMovesBetweenGroups() {
        groups.create("a", Config.NONE);
        refused(
                () -> groups.transferNodes(ResourceGroups.DEFAULT, "a", 2),
                Reason.TOO_FEW_NODES,
                "resource group node not enough");
        groups.transferNodes(ResourceGroups.DEFAULT, "a", 1);
        assertThat(groups.describe("a").nodes()).isEqualTo(1);
        assertThat(groups.describe("a").config()).isEqualTo(config(1, 1));
        assertThat(groups.describe(ResourceGroups.DEFAULT).nodes()).isZero();
        groups.transferNodes("a", ResourceGroups.DEFAULT, 1);
        assertThat(groups.describe("a").config()).isEqualTo(Config.NONE);
        refused(() -> groups.transferNodes("a", "a", 1), Reason.PARAMETER, "should not be the same resource group");
        refused(() -> groups.transferNodes(ResourceGroups.DEFAULT, "a", 0), Reason.PARAMETER, "number of nodes");
    }
}
