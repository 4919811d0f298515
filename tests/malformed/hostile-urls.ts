/** Nobody's source, whatever the operator allows. */
export const neverUrls = [
  // What is no URL of ours.
  "", "https://", "https:///example.com", "https:/example.com", "https:example.com", "//example.com", "example.com",
  "ftp://example.com", "file:///etc/passwd", "gopher://example.com", "javascript:alert(1)", "HTTPS://example.com",
  "https:\\\\example.com", "https://example.com\\@127.0.0.1", "https://exa\tmple.com", "https://exa\nmple.com",
  "https://example.com\r\nHost: x", "https://exam ple.com", "https://example.com\0.evil.com",
  // User names, queries, fragments.
  "https://user:secret@example.com", "https://example.com@127.0.0.1", "https://user@example.com", "https://:@example.com",
  "https://cloud.langfuse.com%2f@evil.com", "https://example.com?x=1", "https://example.com/#x", "https://example.com#@127.0.0.1",
  // Hosts in disguise.
  "https://127.1", "https://127.0.1", "https://2130706433", "https://0x7f000001", "https://0x7f.0.0.1", "https://0177.0.0.1",
  "https://017700000001", "https://127.0.0.1.", "https://localhost.", "https://example.com.", "https://example..com",
  "https://.example.com", "https://-example.com", "https://example-.com", "https://exa_mple.com", "https://①②⑦.0.0.1",
  "https://127。0。0。1", "https://ⓛocalhost", "https://a%2eb.com", "https://%6cocalhost", "https://1.2.3.4.5", "https://256.1.1.1",
  "https://0xffffffffff", "https://example.0x7f", "https://example.123", `https://${"a".repeat(64)}.com`,
  // Addresses that nothing of anybody's has.
  "https://0.0.0.0", "https://169.254.169.254", "http://169.254.169.254/latest/meta-data", "https://100.100.100.200",
  "https://224.0.0.1", "https://255.255.255.255", "https://[::]", "https://[fe80::1]", "https://[fe80::1%25eth0]",
  "https://[::ffff:169.254.169.254]", "https://[::ffff:a9fe:a9fe]", "https://[64:ff9b::a9fe:a9fe]", "https://[2002:7f00:1::]",
  "https://[fd00:ec2::254]", "https://[::1", "https://[127.0.0.1]",
  // Plain http to everybody.
  "http://1.1.1.1", "http://[2606:4700:4700::1111]",
  // Ports and paths.
  "https://example.com:0", "https://example.com:22", "https://example.com:25", "https://example.com:65536", "https://example.com:",
  "https://example.com:443:80", "https://example.com:-1", "https://example.com:0x50", "https://example.com/../x",
  "https://example.com/a/./b", "https://example.com//x", "https://example.com/%2e%2e/x", `https://example.com/${"x".repeat(500)}`,
]; // prettier-ignore

/** Of one's own network: only where the operator allows that. */
export const ownUrls = [
  "http://127.0.0.1:3000", "https://127.0.0.1", "https://10.0.0.5", "https://172.16.1.1", "https://192.168.1.1/langfuse",
  "https://100.64.0.1", "https://[::1]", "https://[fd12:3456::1]", "https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]",
  "http://localhost:3000", "https://localhost", "http://langfuse-web:3000", "https://metadata.google.internal",
  "https://langfuse.local", "https://x.localhost", "https://nas.home.arpa", "http://example.com",
]; // prettier-ignore
