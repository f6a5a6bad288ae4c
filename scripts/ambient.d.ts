// What the type check has to be told: modules that Reflex brings into the build, and worker features that the
// page's library of types leaves out (both libraries at once contradict each other).

declare module "$/utils/state";
declare module "react-router";
declare module "*?worker&url" {
  const path: string;
  export default path;
}

interface FileSystemReadWriteOptions {
  at?: number;
}

interface FileSystemSyncAccessHandle {
  close(): void;
  flush(): void;
  getSize(): number;
  read(buffer: AllowSharedBufferSource, options?: FileSystemReadWriteOptions): number;
  truncate(newSize: number): void;
  write(buffer: AllowSharedBufferSource, options?: FileSystemReadWriteOptions): number;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}

interface SharedWorkerGlobalScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

/** Chromium; https://github.com/explainers-by-googlers/extended-lifetime-shared-workers */
interface WorkerOptions {
  extendedLifetime?: boolean;
}
