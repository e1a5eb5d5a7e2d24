import Netlink
import Platform
import TestSupport
import Testing

/// Each in a process of its own, because they take what all tests share.
@Suite(.requiresRoot) struct `When things run out` {
    @Test func `no descriptor is left`() async {
        await #expect(processExitsWith: .success) {
            let namespace = try NetworkNamespace.anonymous()
            var taken = [Int32]()
            while let copy = try? namespace.descriptor.duplicate() { taken.append(copy.release()) }
            let errors = [
                #expect(throws: NetlinkError.self) { _ = try RouteSocket() },
                #expect(throws: NetlinkError.self) { _ = try ConntrackSocket(in: namespace) },
                #expect(throws: NetlinkError.self) { _ = try Monitor<RouteEvent>(.links) },
            ]
            for error in errors {
                #expect(error?.code == .socket(.tooManyOpenFiles))
                #expect(error?.description.contains("LimitNOFILE") == true)
            }
            for number in taken { _ = Descriptor(owning: number) }
            var routes = try RouteSocket(in: namespace)
            #expect(try routes.list(.links).count == 1)
        }
    }

    @Test func `the namespace a request names is gone`() async {
        await #expect(processExitsWith: .success) {
            let host = try NetworkNamespace.anonymous()
            var routes = try RouteSocket(in: host)
            let reference = try {
                let pod = try NetworkNamespace.anonymous()
                return NamespaceReference(pod)
            }()
            let error = #expect(throws: NetlinkError.self) {
                _ = try routes.run(
                    .create(NewLink(.init("eth0", in: reference), .veth(.init("veth1")))))
            }
            #expect(error?.errno == .badDescriptor || error?.errno == .invalid)
            #expect(try routes.list(.links).map(\.name) == ["lo"])
        }
    }
}
