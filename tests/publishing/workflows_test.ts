import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "npm:deno-std@1.4.0/yaml/mod.js";
import config from "../../deno.json" with { type: "json" };
import { testWith } from "../support/test_with.ts";

/** The part of a workflow that the tests read. */
interface Workflow {
  readonly on: Readonly<Record<string, { readonly tags?: readonly string[] } | null>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly needs?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const read = (path: string) => Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
const workflow = async (name: string) =>
  parse(await read(`.github/workflows/${name}.yml`)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);

testWith("the workflow CI runs the gate, every task of which is in deno.json", {
  needs: ["read"],
  fn: async () => {
    const runs = stepsOf(await workflow("ci")).flatMap(({ run = [] }) => run);
    assertEquals(runs, [".ci/run"]);
    const gate = await read(".ci/run");
    const [, tasks] = gate.match(/^for task in (.+); do$/m)!;
    assertStringIncludes(gate, 'task "$task"');
    for (const task of tasks.split(" ")) assert(task in config.tasks, `no task ${task}`);
  },
});

testWith("the workflow Release publishes with provenance, on a version's tag and after the gate", {
  needs: ["read"],
  fn: async () => {
    const { on, jobs } = await workflow("release");
    assertEquals(on, { push: { tags: ["v*"] } });
    assertEquals(jobs.gate.uses, "./.github/workflows/ci.yml");
    assert("workflow_call" in (await workflow("ci")).on);
    assertEquals(jobs.publish.needs, "gate");
    assertEquals(jobs.publish.permissions, { contents: "read", "id-token": "write" });
    assertEquals(jobs.publish.steps!.at(-1), { run: "deno publish" });
  },
});

testWith("the workflow Release publishes with the Deno that the gate ran", {
  needs: ["read"],
  fn: async () => {
    const { with: options } = stepsOf(await workflow("release"))
      .find(({ uses }) => uses?.startsWith("denoland/setup-deno"))!;
    assertStringIncludes(await read(".ci/run"), `npx --yes deno@${options!["deno-version"]} task`);
  },
});
