import APIServerSupport
import Platform
import Testing

@testable import Transport

@Suite("What is left of requests")
struct LeftoverTests {
    @Test func `neither memory nor a descriptor is left of thousands`() async {
        // In a process of its own, where nobody else opens files meanwhile.
        await #expect(processExitsWith: .success) {
            let (server, authority) = try TestServer.secure(FixedHandler(body: [1, 2, 3]))
            let caller = try Caller(server, authority)
            let nobody = try Caller(Endpoint(try ServerAddress("https://127.0.0.1:1")))
            try work(50, caller, nobody)
            let (open, pages) = (try Directory.list("/proc/self/fd").count, try resident())
            try work(200, caller, nobody)
            guard try Directory.list("/proc/self/fd").count <= open + 2 else {
                ExitCode(rawValue: 3).exit()
            }
            // Of 4 KiB: an eighth of a kilobyte for each request would be seen.
            guard try resident() - pages < 128 else { ExitCode(rawValue: 4).exit() }
        }
    }
}

/// Requests that succeed, are cancelled, or find nobody.
private func work(_ rounds: Int, _ caller: Caller, _ nobody: Caller) throws {
    for _ in 0..<rounds {
        let ids = try (0..<20).map { try caller.start(HTTPRequest(.get, "/\($0)")) }
        try caller.client.cancel(ids[7])
        for (index, id) in ids.enumerated() where index != 7 {
            _ = try caller.wait(for: id)
            caller.forget(id)
        }
        caller.forget(try nobody.start(HTTPRequest(.get, "/")))
        try nobody.wait { nobody.client.transfers.isEmpty }
    }
}

/// How many pages of memory the process has.
private func resident() throws -> Int {
    let text = String(decoding: try File.read("/proc/self/statm"), as: UTF8.self)
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
}
