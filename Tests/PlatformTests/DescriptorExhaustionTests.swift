import Network
import TestSupport
import Testing

@testable import Platform

/// Something that opens descriptors, by the name that a failure is reported under.
private struct Opener: Sendable {
    let name: String
    let open: @Sendable (String) throws -> Void
}

private let any = AddressAndPort(.v4(IPv4Address(127, 0, 0, 1)), 0)

/// Everything in Platform that opens descriptors; the text is a directory of the test's own.
private let openers = [
    Opener(name: "UDP socket") { _ in _ = try UDPSocket(any) },
    Opener(name: "connected UDP socket") { _ in _ = try UDPSocket(connectedTo: any) },
    Opener(name: "listening socket") { _ in _ = try ListeningSocket(.ip(any)) },
    Opener(name: "TCP connection") { _ in
        let listener = try ListeningSocket(.ip(any))
        guard let address = try listener.socket.localAddress else { return }
        let client = try StreamSocket(connectedTo: address, until: .soon)
        while try listener.accept().isNothing {}
        _ = client.socket.descriptor.rawValue
    },
    Opener(name: "socket pair") { _ in _ = try StreamSocket.pair() },
    Opener(name: "netlink socket") { _ in _ = try NetlinkSocket(.route) },
    Opener(name: "packet socket") { _ in _ = try PacketSocket(interface: "lo") },
    Opener(name: "raw socket") { _ in _ = try RawSocket(.v6, .sctp) },
    Opener(name: "pipe") { _ in _ = try Pipe() },
    Opener(name: "event loop") { _ in
        var loop = try EventLoop<Number>()
        try loop.receive([.user1])
    },
    Opener(name: "program") { _ in _ = try Program("true").run() },
    Opener(name: "inotify") { directory in _ = try Inotify().watch(directory) },
    Opener(name: "file lock") { directory in _ = try FileLock("\(directory)/lock") },
    Opener(name: "lock attempt") { directory in _ = try FileLock.attempt("\(directory)/lock") },
    Opener(name: "file") { directory in
        try File.replace("\(directory)/file", with: "content".utf8.span)
        _ = try File.read("\(directory)/file")
        _ = try Directory.list(directory)
    },
    Opener(name: "sysctl") { _ in _ = try Sysctl("net.ipv4.ip_forward").read() },
    Opener(name: "namespace") { _ in
        let namespace = try NetworkNamespace.anonymous()
        _ = try NetworkNamespace(path: namespace.path).id
        _ = try namespace.run { () throws(PlatformError) in try NetlinkSocket(.route) }
        _ = try NamespaceThread(namespace)
    },
    Opener(name: "named namespace") { directory in
        let name = directory.split(separator: "/").joined(separator: "-")
        defer { try? NetworkNamespace.delete(named: name) }
        _ = try NetworkNamespace.create(named: name)
        _ = try NetworkNamespace.open(named: name)
    },
]

private struct Number: RawRepresentable {
    let rawValue: UInt64
}

@Suite(.requiresRoot) struct `When descriptors run out` {
    @Test func `every call fails in words, leaks nothing, and works again`() async {
        // In a process of its own: the limit and the descriptors are the whole process's.
        await #expect(processExitsWith: .success) {
            try withTemporaryDirectory { directory in
                for opener in openers { try exhaust(opener, directory) }
                // The lock's file stays by design, and so does what was replaced.
                #expect(try Directory.list(directory) == ["file", "lock"])
                let names = (try? Directory.list(NetworkNamespace.directory)) ?? []
                #expect(!names.contains(directory.split(separator: "/").joined(separator: "-")))
            }
        }
    }
}

/// Tries once at a limit, and tells which descriptors stayed open; a leak stays at each try, but
/// the runtime's threads may open one of their own during any.
private func attempt(
    _ opener: Opener, _ directory: String, _ limit: UInt, tries: Int = 3
) throws -> (result: Result<Void, any Error>, leaked: Set<String>) {
    let before = try Directory.list("/proc/self/fd")
    // The limit is on a descriptor's number: those that are open stay open.
    try DescriptorLimit.set(limit)
    let result = Result { try opener.open(directory) }
    try DescriptorLimit.set(plenty)
    let leaked = Set(try Directory.list("/proc/self/fd")).subtracting(before)
    if leaked.isEmpty || tries == 1 { return (result, leaked) }
    return try attempt(opener, directory, limit, tries: tries - 1)
}

private let plenty: UInt = 1024

/// Allows one descriptor more each time, from none, until the call succeeds.
///
/// The first fault ends it: what this process reports must fit a pipe that nobody reads yet.
private func exhaust(_ opener: Opener, _ directory: String) throws {
    for limit in 0..<plenty {
        let (result, leaked) = try attempt(opener, directory, limit)
        try #require(leaked == [], "\(opener.name), limit \(limit)")
        switch result {
        case .success:
            try #require(limit > 0, "\(opener.name) opens nothing")
            return
        case .failure(let error):
            let code = (error as? PlatformError)?.code
            try #require(code == .tooManyOpenFiles, "\(opener.name)")
            try #require("\(error)".contains("ulimit -n"), "\(opener.name)")
        }
    }
    Issue.record("\(opener.name) never succeeds")
}
