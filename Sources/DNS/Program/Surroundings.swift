package import Network
import Platform

/// What a configuration refers to of the machine it is for.
package struct Surroundings: Sendable {
    /// The addresses of all interfaces, or of one.
    package var addresses: @Sendable (InterfaceName?) throws(DNSError) -> [IPAddress]
    package var read: @Sendable (String) throws(DNSError) -> [UInt8]
    package var families: [IPFamily]
    package var hostname: String
    package var version: String

    package init(
        addresses: @escaping @Sendable (InterfaceName?) throws(DNSError) -> [IPAddress],
        families: [IPFamily], hostname: String, version: String
    ) {
        self.addresses = addresses
        self.families = families
        self.hostname = hostname
        self.version = version
        read = { path throws(DNSError) in
            do throws(PlatformError) { return try File.read(path) } catch {
                throw DNSError(.configuration, "read \(path)", error.reason)
            }
        }
    }
}
