import JSON
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("C32: plugins of other suites are run as programs")
struct DelegateTests {
    private static let configuration =
        #"{"cniVersion":"1.0.0","name":"pods","ipam":{"type":"theirs","Key":[1.50]}}"#

    private func network(_ searchPath: [String]) throws -> NetworkConfiguration {
        let text = Array(Self.configuration.utf8)
        return try NetworkConfiguration(
            JSONValue(parsing: text.span), text: text, searchPath: searchPath)
    }

    /// A plugin that is the shell script given.
    private func withPlugin(
        _ script: String, _ body: (NetworkConfiguration, Delegate, String) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            let text = Array("#!/bin/sh\n\(script)\n".utf8)
            try File.replace("\(directory)/theirs", with: text.span, mode: 0o755)
            let paths = ["/nonexistent", directory]
            try body(
                network(paths), Delegate("theirs", in: paths, pause: .milliseconds(100)), directory)
        }
    }

    private func part(
        _ network: NetworkConfiguration
    ) throws -> (DelegatedAddressPart, PodCall) {
        let interface = try #require(InterfaceName("eth0"))
        let attachment = CNI.Attachment(network: "pods", containerID: "c1", interface: interface)
        return (
            try DelegatedAddressPart(network),
            PodCall(attachment, namespacePath: "/proc/self/ns/net")
        )
    }

    @Test("it gets the configuration byte by byte, and the command in its environment")
    func handsOver() throws {
        let script =
            #"cat >"$(dirname "$0")/input"; echo "$CNI_COMMAND" >"$(dirname "$0")/command""#
        try withPlugin(script) { network, delegate, directory in
            try #expect(delegate.call(.delete, network) == nil)
            try #expect(File.read("\(directory)/input") == Array(Self.configuration.utf8))
            try #expect(File.read("\(directory)/command") == Array("DEL\n".utf8))
        }
    }

    @Test("its result becomes ours")
    func result() throws {
        let answer =
            #"{"ips":[{"address":"10.1.0.5/16","gateway":"10.1.0.1"}],"dns":{"domain":"a"}}"#
        try withPlugin("cat >/dev/null; echo '\(answer)'") { network, _, _ in
            let (part, pod) = try part(network)
            var result = NetworkResult()
            try part.add(pod, to: &result)
            #expect(result.addresses.map { "\($0.address)" } == ["10.1.0.5/16"])
            #expect(result.dns.domain == "a")
        }
    }

    @Test("C20: null, nothing and a result without addresses are errors of ADD that say so")
    func withoutAddress() throws {
        for answer in ["null", "", "{}", #"{"ips":[]}"#] {
            try withPlugin("cat >/dev/null; echo '\(answer)'") { network, _, _ in
                let (part, pod) = try part(network)
                var result = NetworkResult()
                let error = #expect(throws: CNIError.self) { try part.add(pod, to: &result) }
                #expect(error?.message == "the plugin theirs gave no address")
            }
        }
    }

    @Test("its error document is passed on with its code; other failures are worded")
    func failures() throws {
        let document = #"{"code":11,"msg":"busy","details":"later"}"#
        try withPlugin("echo '\(document)'; exit 1") { network, delegate, _ in
            let error = #expect(throws: CNIError.self) { try delegate.call(.add, network) }
            #expect(error == CNIError(.tryAgainLater, "theirs: busy", details: "later"))
        }
        for script in ["echo oops >&2; exit 3", "echo '{\"code\":0}'; exit 1", "kill -9 $$"] {
            try withPlugin(script) { network, delegate, _ in
                let error = #expect(throws: CNIError.self) { try delegate.call(.add, network) }
                #expect(error?.code == .delegateFailed)
            }
        }
        try withPlugin("echo not JSON") { network, delegate, _ in
            let error = #expect(throws: CNIError.self) { try delegate.call(.add, network) }
            #expect(error?.message == "the plugin theirs did not answer with JSON")
        }
    }

    @Test("an answer without end is cut off")
    func endless() throws {
        try withPlugin("yes") { network, delegate, _ in
            let error = #expect(throws: CNIError.self) { try delegate.call(.add, network) }
            #expect(error?.code == .delegateFailed)
        }
    }

    @Test("C57: a plugin whose file is being written is tried again")
    func beingWritten() throws {
        try withPlugin("exit 0") { network, delegate, directory in
            // The sleeping child keeps the file open for writing after the shell has ended.
            let writer = "exec 3>>\(directory)/theirs; sleep 0.15 >/dev/null 2>&1 &"
            let outcome = try Program("sh", ["-c", writer]).run()
            #expect(outcome.status.isSuccess)
            let begin = MonotonicTime.now
            try #expect(delegate.call(.delete, network) == nil)
            #expect(MonotonicTime.now - begin >= .milliseconds(100))
        }
    }

    @Test("C25, C28, C29: old plugins that know neither STATUS nor GC do not stand in the way")
    func oldPlugins() throws {
        try withPlugin(#"echo '{"code":4,"msg":"unknown CNI_COMMAND: GC"}'; exit 1"#) {
            network, _, _ in
            let (part, pod) = try part(network)
            try part.status()
            try DelegatedAddressPart.collectGarbage(of: network, keeping: [])
            #expect(throws: CNIError.self) { try DelegatedAddressPart.remove(pod, network) }
        }
    }

    @Test("a name is a plain file name, and CNI_PATH is asked for when it is needed")
    func lookUp() throws {
        for name in ["../theirs", "/bin/true", "a/b", "..", "."] {
            let error = #expect(throws: CNIError.self) { try Delegate(name, in: ["/bin"]) }
            #expect(error?.code == .invalidConfiguration)
        }
        let unset = #expect(throws: CNIError.self) { try Delegate("theirs", in: []) }
        #expect(unset?.details.contains("CNI_PATH") == true)
        let missing = #expect(throws: CNIError.self) {
            try Delegate("theirs", in: ["/nonexistent", "/bin"])
        }
        #expect(missing?.details.contains("/nonexistent, /bin") == true)
    }
}
