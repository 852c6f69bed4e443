/** Disks of the tests' own, where the system lets a test mount. */

import { testTask } from "./task.ts";

/** How much a small disk holds. */
export interface Room {
  /** Bytes in all. */
  readonly size?: number;
  /** Files, of which the disk's own folder is one. */
  readonly nr_inodes?: number;
}

/** A script that runs the task `"$@"` with a disk at a folder that holds no more than this. */
export function onSmallDisk(folder: string, room: Room): string {
  const options = Object.entries(room).map(([name, value]) => `${name}=${value}`).join(",");
  return mounted(folder, `mount -t tmpfs -o ${options} none "${folder}"`);
}

/** A script that runs the task `"$@"` with a folder that cannot be written to, by root neither. */
export function onReadOnly(folder: string): string {
  return mounted(
    folder,
    `mount --bind "${folder}" "${folder}" && mount -o remount,ro,bind "${folder}"`,
  );
}

/** A mount lasts as long as the script; what is in the folder by its end is copied to `FOLDER.seen`. */
function mounted(folder: string, mount: string): string {
  const script =
    `${mount} || exit 99; "$@"; status=$?; cp -r "${folder}" "${folder}.seen"; exit $status`;
  return `exec unshare --mount bash -c '${script}' bash "$@"`;
}

/** Registers a test that mounts; where that is not allowed it is left out, under a name that says so. */
export function testMounting(name: string, fn: (folder: string) => Promise<void>): void {
  if (mayMount()) testTask(name, fn);
  else {Deno.test({
      name: `${name} (left out: needs root and the right to mount)`,
      ignore: true,
      fn() {},
    });}
}

/** True too where the test is left out for another reason, which its name then says. */
function mayMount(): boolean {
  if (Deno.permissions.querySync({ name: "run" }).state !== "granted") return true;
  try {
    const args = ["--mount", "mount", "-t", "tmpfs", "none", "/tmp"];
    return new Deno.Command("unshare", { args, stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
