import Network
import TestSupport
import Testing

@testable import CNI

@Suite("A host port is read back from its element")
struct HostPortElementTests {
    @Test(
        "of either family, with and without the node's address, of every protocol",
        arguments: TransportProtocol.allCases)
    func roundTrip(_ transport: TransportProtocol) throws {
        for (pod, address) in [
            ("10.1.0.2:80", nil), ("10.1.0.2:80", "192.0.2.1"),
            ("[fd00::2]:80", nil), ("[fd00::2]:65535", "2001:db8::1"),
        ] {
            let port = HostPort(
                address: try address.map { try IPAddress(validating: $0) }, transport: transport,
                port: 8080, pod: try AddressAndPort(validating: pod))
            let translation = port.translation
            let installed = InstalledElement(
                map: translation.map, element: translation.element(of: "pods/c1/eth0"))
            #expect(HostPort(installed) == port)
        }
    }
}
