import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("C43: the container's loopback link", .requiresRoot)
struct LoopbackTests {
    @Test("ADD switches it on and lists it, DEL switches it off, each any number of times")
    func verbs() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one", interface: "lo")
            try pod.host.ip("link set lo down")
            for _ in 0..<2 {
                let result = try node.add(pod, LoopbackPart.self, "", NetworkResult())
                #expect(
                    result.interfaces == [
                        .init("lo", mac: "00:00:00:00:00:00", sandbox: pod.host.path)
                    ])
                #expect(result.addresses.map { "\($0.address)" } == ["127.0.0.1/8", "::1/128"])
                #expect(result.addresses.map(\.interface) == [0, 0])
                try node.check(pod, LoopbackPart.self, "", result)
            }
            for _ in 0..<2 { try node.remove(pod.call, LoopbackPart.self) }
            #expect(try pod.host.link(named: "lo")?.isUp == false)
            let error = #expect(throws: CNIError.self) {
                try node.check(pod, LoopbackPart.self, "", NetworkResult())
            }
            #expect(error?.code == .checkFailed)
        }
    }

    @Test("A previous result is passed on as it came")
    func previousResult() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let given = try NetworkResult.given(["10.244.1.5/24 10.244.1.1"])
            #expect(try node.add(pod, LoopbackPart.self, "", given) == given)
        }
    }

    @Test("An address that is no loopback's is refused")
    func foreignAddress() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try pod.host.ip("addr add 10.0.0.1/32 dev lo")
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, LoopbackPart.self, "", NetworkResult())
            }
            #expect(error?.code == .invalidConfiguration)
        }
    }

    @Test(
        "C25: DEL is content without a namespace", arguments: [nil, "/run/netns/no", "/etc/hosts"])
    func withoutNamespace(path: String?) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let call = PodCall(pod.call.attachment, namespacePath: path)
            try node.remove(call, LoopbackPart.self)
        }
    }
}
