import Kubernetes
import Network
import Platform
import Support
import Synchronization
import TestSupport
import Testing

@testable import DNS

/// Tests that wait for servers keep a thread each: one at a time, or all others would wait, too.
@Suite(.serialized) struct OperationTests {}

/// A server with a Corefile in a directory of its own, on ports of the kernel's choice.
final class RunningServer: Sendable {
    let port: Port
    let directory: String
    let lines = Lines()
    let queries = Lines()
    private let handles: Handles
    private let ended = Semaphore()
    private let thread: Thread

    /// Texts from any thread.
    final class Lines: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { texts.withLock(\.self) }
        func add(_ new: [String]) { texts.withLock { $0 += new } }
        func count(of part: String) -> Int { all.count { $0.contains(part) } }
    }

    /// What the program's thread lets others have of it.
    private struct Handles: Sendable {
        let control: ProgramControl
        let endpoints: StatusEndpoints
        let reloads: ReloadCounts
    }

    /// `PORT` in the text becomes the port that the server listens at, `DIRECTORY` where its files are.
    init(
        _ corefile: String, in directory: String, store: ObjectStore? = nil, sample: Int = 1,
        manager: ServiceManager = ServiceManager(variable: { _ in nil })
    ) throws {
        self.directory = directory
        let port = try freePort()
        self.port = port
        try Self.write(corefile, port, to: directory)
        let surroundings = Surroundings(
            addresses: { _ in [] }, families: [.v4], hostname: "server.test", version: "test")
        let loader = PlanLoader("\(directory)/Corefile", port: port, surroundings)
        var settings = ProgramSettings(Log(write: { [lines] in lines.add([$0]) }))
        settings.sample = sample
        settings.manager = manager
        settings.writeQueries = { [queries] in queries.add($0) }
        let (started, handles) = (Semaphore(), HandleSlot())
        thread = try Thread { [ended, settings, lines] in
            do {
                var program = try ServerProgram(
                    loader, store, surroundings, cookies: CookieSecret(low: 1, high: 2),
                    settings)
                handles.set(
                    Handles(
                        control: program.control, endpoints: program.endpoints,
                        reloads: program.reloads))
                started.signal()
                try program.run()
            } catch {
                lines.add(["ended: \(error)"])
                started.signal()
            }
            ended.signal()
        }
        started.wait()
        guard let made = handles.current else { throw NotStarted() }
        self.handles = made
    }

    private struct NotStarted: Error {}

    private final class HandleSlot: Sendable {
        private let handles = Mutex<Handles?>(nil)
        func set(_ new: Handles) { handles.withLock { $0 = new } }
        var current: Handles? { handles.withLock(\.self) }
    }

    var control: ProgramControl { handles.control }
    var endpoints: StatusEndpoints { handles.endpoints }
    var reloads: ReloadCounts { handles.reloads }

    func waitForEnd() { ended.wait() }

    func rewrite(_ corefile: String) throws { try Self.write(corefile, port, to: directory) }

    /// Replaces a file beside the configuration.
    func write(_ text: String, to name: String) throws {
        try File.replace("\(directory)/\(name)", with: text.utf8.span, durably: false)
    }

    private static func write(_ text: String, _ port: Port, to directory: String) throws {
        let written = text.replacing("PORT", with: "\(port)")
            .replacing("DIRECTORY", with: directory)
        try File.replace(
            "\(directory)/Corefile", with: written.utf8.span, durably: false)
    }
}

/// Runs a server while the body looks at it.
func withServer(
    _ corefile: String, store: ObjectStore? = nil, files: [String: String] = [:],
    sample: Int = 1, _ body: (RunningServer) throws -> Void
) throws {
    try withTemporaryDirectory { directory in
        for (name, text) in files {
            try File.replace("\(directory)/\(name)", with: text.utf8.span, durably: false)
        }
        let server = try RunningServer(
            corefile, in: directory, store: store, sample: sample)
        defer {
            server.control.end()
            server.control.end()
            server.waitForEnd()
        }
        try body(server)
    }
}

/// A port that nobody has at the moment.
func freePort() throws -> Port {
    try freeAddress(.v4(IPv4Address(127, 0, 0, 1))).port
}

/// An address with a port that nobody has in UDP, nor in TCP: connections of other tests have many.
func freeAddress(_ local: IPAddress) throws(PlatformError) -> AddressAndPort {
    while true {
        let datagrams = try UDPSocket(AddressAndPort(local, 0))
        let address = AddressAndPort(local, try datagrams.socket.localPort)
        do throws(PlatformError) {
            _ = try ListeningSocket(.ip(address))
            return address
        } catch {
            if error.code != .addressInUse { throw error }
        }
    }
}

/// Waits until something holds; false after a time that nothing here takes.
func eventually(
    within limit: Duration = .seconds(20), _ holds: () throws -> Bool
) rethrows -> Bool {
    let deadline = MonotonicTime.now + limit
    while MonotonicTime.now < deadline {
        if try holds() { return true }
        sleep(for: .milliseconds(5))
    }
    return false
}

extension RunningServer {
    /// Asks over UDP; nil if there is no reply within the time.
    func ask(
        _ name: String, _ type: RecordType = .a, within limit: Duration = .seconds(5)
    ) throws -> DNS.Message? {
        let peer = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), port)
        let socket = try UDPSocket(connectedTo: peer)
        var query = DNS.Message.query(try DomainName(name), type, id: 4711)
        query.edns = EDNS(payloadSize: 1232)
        guard (try? socket.send(query.encoded().span)) == true else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard
            try socket.socket.descriptor.wait(for: .read, until: MonotonicTime.now + limit)
        else { return nil }
        var span = buffer.mutableSpan
        guard let received = try? socket.receive(into: &span) else { return nil }
        return try DNS.Message(decoding: Array(buffer[..<received.length]))
    }

    /// Asks until there is a reply: the server may be about to start.
    func askFirst(_ name: String, _ type: RecordType = .a) throws -> DNS.Message? {
        var reply: DNS.Message?
        _ = try eventually {
            reply = try ask(name, type, within: .milliseconds(200))
            return reply != nil
        }
        return reply
    }

    /// The status line's code and the body; nil when nobody listens.
    func get(_ path: String, _ part: StatusPart) throws -> (code: Int, body: String)? {
        // Names are answered a moment before.
        _ = eventually { endpoints.address(of: part) != nil }
        guard let address = endpoints.address(of: part) else { return nil }
        return try fetch(path, at: address)
    }
}

func fetch(_ path: String, at address: AddressAndPort) throws -> (code: Int, body: String)? {
    let deadline = MonotonicTime.now + .seconds(20)
    guard let socket = try? StreamSocket(connectedTo: .ip(address), until: deadline) else {
        return nil
    }
    try socket.write(all: "GET \(path) HTTP/1.1\r\n\r\n".utf8.span, until: deadline)
    var bytes: [UInt8] = []
    var count = 1
    while count > 0 {
        _ = try socket.socket.descriptor.wait(for: .read, until: deadline)
        try bytes.append(addingCapacity: 65536) { output throws(PlatformError) in
            count = try socket.socket.receive(appendingTo: &output) ?? 1
        }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let code = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let body = text.firstRange(of: "\r\n\r\n").map { text[$0.upperBound...] } ?? ""
    return (code, String(body))
}
