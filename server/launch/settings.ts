export interface ClusterOptions {
  /** For clusters that are thrown away: no fsync, so a power cut may lose all of it. */
  disposable?: boolean;
  /** On the loopback address; a free one if not given. */
  port?: number;
}

/** Sized for two cores and less than 1 GiB for everything together. */
export function serverSettings(port: number, options: ClusterOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "60",
    shared_buffers: "128MB",
    effective_cache_size: "512MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    max_worker_processes: "4",
    max_parallel_workers: "2",
    max_parallel_workers_per_gather: "1",
    io_workers: "2",
    autovacuum_max_workers: "2",
    random_page_cost: "1.1",
    // Compiling a plan costs more than the short queries of a dashboard.
    jit: "off",
    synchronous_commit: "on",
    // Few, long checkpoints: full-page images are most of the log under a write load.
    wal_compression: "on",
    wal_buffers: "16MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] %u ",
    log_min_error_statement: "panic", // a statement may carry a customer's data
  };
  // Two test files at once have the pools of some products each, and connections of their own.
  if (options.disposable)
    Object.assign(settings, {
      fsync: "off",
      full_page_writes: "off",
      max_wal_size: "512MB",
      max_connections: "200",
    });
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
