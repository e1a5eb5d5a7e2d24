import Network
import Testing

@testable import CNI

@Suite("An attachment says whose an object is")
struct AttachmentTests {
    private static func attachment(
        _ network: String = "pods", _ container: String = "c1", _ interface: String = "eth0"
    ) throws -> CNI.Attachment {
        CNI.Attachment(
            network: network, containerID: container,
            interface: try #require(InterfaceName(interface)))
    }

    @Test("the owner's text holds the three parts, and fits into a comment of nft")
    func owner() throws {
        let id = String(repeating: "a", count: 64)
        #expect(try Self.attachment("pods", id).owner == "pods/\(id)/eth0")
        let long = try Self.attachment(
            String(repeating: "n", count: 200), String(repeating: "c", count: 200),
            "fifteencharacte")
        #expect(long.owner.utf8.count <= 128)
        let longest = try Self.attachment(
            String(repeating: "n", count: 48), id, "fifteencharacte")
        #expect(longest.owner.utf8.count <= 128)
    }

    @Test("a network's owners begin with its prefix, and no other network's do")
    func prefix() throws {
        for name in ["pods", String(repeating: "n", count: 200)] {
            let owner = try Self.attachment(name).owner
            #expect(owner.hasPrefix(CNI.Attachment.ownerPrefix(network: name)))
            #expect(!owner.hasPrefix(CNI.Attachment.ownerPrefix(network: name + "2")))
            #expect(!owner.hasPrefix(CNI.Attachment.ownerPrefix(network: String(name.dropLast()))))
        }
    }

    @Test("a link's name is of the attachment alone, and the same in every process")
    func linkName() throws {
        #expect(try Self.attachment().linkName(prefix: "weft")?.rawValue == "weftd29cb667ec6")
        let names = try [
            Self.attachment(), Self.attachment("pods2"), Self.attachment("pods", "c2"),
            Self.attachment("pods", "c1", "eth1"),
        ].map { $0.linkName(prefix: "weft") }
        #expect(Set(names).count == 4)
    }
}
