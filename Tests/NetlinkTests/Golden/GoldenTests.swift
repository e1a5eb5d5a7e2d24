import Netlink
import Testing

struct `Messages are those of the field's own tools` {
    @Test(
        arguments: Golden.links + Golden.bridgePorts + Golden.addresses + Golden.routes
            + Golden.traffic)
    func `each says the same`(golden: Golden) throws {
        #expect(try MessageTree(golden.request.message) == golden.expected)
    }
}
