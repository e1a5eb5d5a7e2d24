import Platform

/// A directory of its own for one test, removed with what is in it at the end.
package func withTemporaryDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = "\(Environment.value(of: "TMPDIR") ?? "/tmp")/\(Lab.uniqueName("weft-test-"))"
    try Directory.create(path, mode: 0o700)
    defer { removeTree(path) }
    return try body(path)
}

/// Removes as much as it can: a test that failed must not fail again here.
private func removeTree(_ path: String) {
    if (try? File.linkStatus(path))?.kind != .directory {
        _ = try? File.remove(path)
        return
    }
    for name in (try? Directory.list(path)) ?? [] { removeTree("\(path)/\(name)") }
    _ = try? Directory.remove(path)
}
