import JSON
import Platform
import Testing

@testable import CNI

@Suite("The plugin answers as the CNI specification asks")
struct PluginTests {
    private struct Unreadable: Error, CustomStringConvertible {
        let description = "the pipe broke"
    }

    private static let versions =
        #""supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0","1.1.0"]"#

    private static let attachment = [
        "CNI_CONTAINERID": "c1", "CNI_NETNS": "/run/netns/c1", "CNI_IFNAME": "eth0",
        "CNI_PATH": "/opt/cni/bin",
    ]

    private func answer(
        _ command: String, _ input: String = "", with variables: [String: String] = attachment
    ) -> Reply {
        Plugin.answer(as: .main, variable: { $0 == "CNI_COMMAND" ? command : variables[$0] }) { _ in
            Array(input.utf8)
        }
    }

    @Test(
        "C13: VERSION answers in the version of the request",
        arguments: ProtocolVersion.allCases)
    func version(asked: ProtocolVersion) {
        let reply = answer("VERSION", "{\"cniVersion\":\"\(asked.rawValue)\"}", with: [:])
        #expect(
            reply == Reply(output: "{\"cniVersion\":\"\(asked.rawValue)\",\(Self.versions)}\n"))
    }

    @Test(
        "C7: VERSION answers in the newest version whatever else it is given",
        arguments: ["", "not JSON", "[]", "{}", #"{"cniVersion":"7.0.0"}"#, #"{"cniVersion":1}"#])
    func versionWithoutRequest(input: String) {
        #expect(
            answer("VERSION", input)
                == Reply(output: "{\"cniVersion\":\"1.1.0\",\(Self.versions)}\n"))
    }

    @Test("C7: VERSION waits for its input for a moment only, and does without")
    func versionWithoutInput() {
        var waits: [CInt?] = []
        let reply = Plugin.answer(as: .main, variable: { _ in "VERSION" }) {
            (patience) throws(Unreadable) in
            waits.append(patience)
            throw Unreadable()
        }
        #expect(reply.status == .success)
        #expect(waits == [200])
    }

    @Test("C1: a person who runs it is told what it is, and standard output stays empty")
    func usage() {
        let reply = Plugin.answer(as: .main, variable: { _ in nil }) { _ in [] }
        #expect(reply.output.isEmpty)
        #expect(reply.status == .success)
        #expect(reply.diagnostics.contains("CNI versions supported: 0.1.0, 0.2.0"))
        #expect(answer("").diagnostics == reply.diagnostics)
    }

    @Test(
        "C9: an error is a document on standard output in the version of the configuration",
        arguments: ProtocolVersion.allCases)
    func errorDocument(version: ProtocolVersion) {
        let reply = answer("DEL", "{\"cniVersion\":\"\(version.rawValue)\"}")
        #expect(
            reply.output == "{\"cniVersion\":\"\(version.rawValue)\",\"code\":7,"
                + #""msg":"name is missing","#
                + #""details":"the configuration needs \"name\", the name of the network"}"#
                + "\n")
        #expect(reply.status == .failure)
        #expect(reply.diagnostics.isEmpty)
    }

    @Test(
        "C8: a command is refused in versions that do not have it",
        arguments: [
            ("CHECK", "0.3.1", "0.4.0"), ("CHECK", "0.1.0", "0.4.0"),
            ("STATUS", "1.0.0", "1.1.0"), ("GC", "1.0.0", "1.1.0"), ("GC", "0.4.0", "1.1.0"),
        ])
    func tooEarly(command: String, version: String, since: String) throws {
        let error = try failure(
            of: answer(command, "{\"cniVersion\":\"\(version)\",\"name\":\"net\"}"))
        #expect(error["code"]?.integer == 1)
        #expect(error["details"]?.string == "it needs cniVersion \(since) or later")
    }

    @Test(
        "C6: a network's name has the alphabet of container IDs",
        arguments: [
            "\"\"", "null", "7", "\"-net\"", "\"a/b\"", "\"../x\"", "\"n\\u0000t\"", "\"né\"",
        ])
    func badNames(name: String) throws {
        for command in ["ADD", "DEL", "CHECK", "GC", "STATUS"] {
            let error = try failure(
                of: answer(command, "{\"cniVersion\":\"1.1.0\",\"name\":\(name)}"))
            #expect(error["code"]?.integer == 7)
            #expect(error["msg"]?.string?.contains("name") == true)
        }
    }

    @Test(
        "C4, C5: container IDs and interface names are checked before anything is read",
        arguments: [
            ("CNI_CONTAINERID", "-c1"), ("CNI_CONTAINERID", "a/b"), ("CNI_CONTAINERID", "../x"),
            ("CNI_CONTAINERID", "a b"), ("CNI_CONTAINERID", "é"),
            ("CNI_CONTAINERID", String(repeating: "c", count: 201)),
            ("CNI_IFNAME", "."), ("CNI_IFNAME", ".."), ("CNI_IFNAME", "eth/0"),
            ("CNI_IFNAME", "eth:0"), ("CNI_IFNAME", "eth 0"), ("CNI_IFNAME", "eth\u{2003}0"),
            ("CNI_IFNAME", "sixteencharacter"),
        ])
    func badIdentifiers(variable: String, value: String) throws {
        var variables = Self.attachment
        variables[variable] = value
        for command in ["ADD", "DEL", "CHECK"] {
            let error = try failure(of: answer(command, "not read", with: variables))
            #expect(error["code"]?.integer == 4)
            #expect(error["msg"]?.string?.hasPrefix(variable) == true)
        }
    }

    @Test(
        "C2, C3: every missing variable is named in one error",
        arguments: [
            ("ADD", "CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME"),
            ("CHECK", "CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME"),
            ("DEL", "CNI_CONTAINERID, CNI_IFNAME"),
            ("GC", "CNI_PATH"),
        ])
    func missingVariables(command: String, missing: String) throws {
        for variables in [[:], Self.attachment.mapValues { _ in "" }] {
            let error = try failure(of: answer(command, "{}", with: variables))
            #expect(error["code"]?.integer == 4)
            #expect(error["details"]?.string == "\(command) needs \(missing)")
        }
    }

    @Test("C2: DEL does without CNI_NETNS, STATUS without anything")
    func optionalVariables() throws {
        var variables = Self.attachment
        variables["CNI_NETNS"] = nil
        #expect(
            try failure(of: answer("DEL", "{}", with: variables))["code"]?.integer != 4)
        #expect(try failure(of: answer("STATUS", "{}", with: [:]))["code"]?.integer != 4)
    }

    @Test(
        "C1, C6-C8: each bad request has its code",
        arguments: [
            ("add", "{}", 4),
            ("UPDATE", "{}", 4),
            ("ADD", "", 6),
            ("ADD", "{\"name\":", 6),
            ("ADD", "[]", 6),
            ("ADD", #"{"cniVersion":1}"#, 6),
            ("ADD", #"{"cniVersion":"0.4"}"#, 1),
            ("ADD", #"{"cniVersion":"1.2.0"}"#, 1),
            ("ADD", "{}", 7),
            ("ADD", #"{"name":7}"#, 7),
        ])
    func badRequests(command: String, input: String, code: Int) throws {
        let error = try failure(of: answer(command, input))
        #expect(error["code"]?.integer == code)
        #expect(error["msg"]?.string?.isEmpty == false)
        #expect(error["details"]?.string?.isEmpty == false)
    }

    @Test("C7: every command but VERSION waits for its configuration as long as it takes")
    func patientCommands() {
        var waits: [CInt?] = []
        _ = Plugin.answer(as: .main, variable: { $0 == "CNI_COMMAND" ? "STATUS" : nil }) {
            patience in
            waits.append(patience)
            return []
        }
        #expect(waits == [nil])
    }

    @Test("C7: an input that cannot be read is error 5")
    func unreadable() throws {
        let reply = Plugin.answer(as: .main, variable: { $0 == "CNI_COMMAND" ? "STATUS" : nil }) {
            (_) throws(Unreadable) in throw Unreadable()
        }
        let error = try failure(of: reply)
        #expect(error["code"]?.integer == 5)
        #expect(error["details"]?.string == "the pipe broke")
    }

    @Test(
        "C8, C14: no version means 0.1.0, and the key's case does not matter",
        arguments: [
            ("{}", "0.1.0"), (#"{"cniVersion":""}"#, "0.1.0"), (#"{"cniVersion":null}"#, "0.1.0"),
            (#"{"CNIVersion":"0.3.1"}"#, "0.3.1"),
        ])
    func configurationVersion(input: String, version: String) throws {
        let error = try failure(of: answer("ADD", input))
        #expect(error["cniVersion"]?.string == version)
        #expect(error["code"]?.integer == 7)
    }

    private func failure(of reply: Reply) throws -> JSONObject {
        #expect(reply.status == .failure)
        return try #require(try JSONValue(parsing: reply.output.utf8.span).object)
    }
}
