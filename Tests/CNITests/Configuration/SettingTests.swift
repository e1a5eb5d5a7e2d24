import JSON
import Network
import Testing

@testable import CNI

@Suite("Settings are read by key, and errors name it")
struct SettingTests {
    private static func settings(_ text: String) throws -> Settings {
        Settings(try #require(try JSONValue(parsing: text.utf8.span).object))
    }

    @Test("C14, C15: any case of a key, and null and the empty string as absent")
    func absence() throws {
        let settings = try Self.settings(#"{"MTU":1400,"bridge":"","gateway":null,"ipam":null}"#)
        #expect(try settings["mtu"].integer(in: 0...65535) == 1400)
        #expect(try settings["bridge"].string() == nil)
        #expect(try settings["gateway"].parsed(as: IPAddress.self) == nil)
        #expect(try settings.section("ipam").object.members.isEmpty)
    }

    @Test("C15: booleans may be words in quotes")
    func flags() throws {
        let settings = try Self.settings(#"{"a":true,"b":"true","c":"false","d":"yes","e":1}"#)
        #expect(try settings["a"].flag() == true)
        #expect(try settings["b"].flag() == true)
        #expect(try settings["c"].flag() == false)
        #expect(throws: CNIError.self) { try settings["d"].flag() }
        #expect(throws: CNIError.self) { try settings["e"].flag() }
        #expect(try settings["f"].flag() == nil)
    }

    @Test("an error names the key's place, the rule and what is there")
    func errors() throws {
        let settings = try Self.settings(#"{"ipam":{"ranges":[[{"subnet":"10.1.0.0/33"}]]}}"#)
        let sets = try settings.section("ipam")["ranges"].elements()
        let ranges = try #require(try sets?.first?.elements())
        let error = #expect(throws: CNIError.self) {
            try ranges[0].section()?["subnet"].parsed(as: CIDR.self)
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message == "ipam.ranges[0][0].subnet is not valid")
        #expect(error?.details.hasSuffix(#", it is "10.1.0.0/33""#) == true)
    }

    @Test(
        "a value of another type is refused",
        arguments: [#""1400""#, "1.5", "-1", "65536", "[]", "true", "99999999999999999999"])
    func wrongNumbers(value: String) throws {
        let settings = try Self.settings("{\"mtu\":\(value)}")
        #expect(throws: CNIError.self) { try settings["mtu"].integer(in: 0...65535) }
    }
}
