// Outside Next's bundler the package `server-only` refuses to load; in a test everything is the server.
export {};
