/** One private MariaDB of a test; `kill9` is a power cut for the process, `start` brings it back on the same port. */
export interface MariadbInstance {
  readonly pid: number;
  readonly url: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly port: number;
  start(): Promise<void>;
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerInstance {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly log?: (line: string) => void;
}

export interface TestServers {
  readonly mariadb?: string;
  readonly redis?: string;
  readonly minio?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly problems: readonly { readonly name: string; readonly problem: string }[];
  stop(): Promise<void>;
}

export function ensureServers(options?: ServerOptions): Promise<TestServers>;
export function startMariadb(
  options?: ServerOptions & { readonly datadir?: string; readonly port?: number; readonly folder?: string },
): Promise<MariadbInstance>;
export function startRedis(options?: ServerOptions & { readonly url?: string }): Promise<ServerInstance>;
export function startMinio(options?: ServerOptions): Promise<ServerInstance>;
export interface NginxOptions extends ServerOptions {
  /** As the product ships it. */
  readonly configFile: string;
  readonly folder: string;
  readonly port: number;
  /** Places in the file, and where they are here. */
  readonly replace: Readonly<Record<string, string>>;
}

/** Throws where nginx can be had neither from this machine nor from Debian. */
export function findNginx(log?: (line: string) => void): Promise<{ readonly program: string }>;
export function knownNginx(): string | undefined;
export function startNginx(
  options: NginxOptions,
): Promise<{ readonly url: string; readonly logFile: string; stop(): Promise<void> }>;
/** A port on 127.0.0.1 that nobody listens on, none that the system hands out by itself. */
export function freePort(): Promise<number>;
export function findChromium(): string | undefined;
export function provideChromium(
  options?: ServerOptions,
): Promise<{ readonly path?: string; readonly problem?: string }>;
/** The engine without its window: the one that is here already, and the one that is fetched where it can be. */
export function knownHeadlessShell(): string | undefined;
export function provideHeadlessShell(options?: ServerOptions): Promise<string | undefined>;
