package import Network
import Platform

/// What a configuration refers to of the machine it is for.
package struct Surroundings: Sendable {
    /// The addresses of all interfaces, or of one.
    package var addresses: @Sendable (InterfaceName?) throws(DNSError) -> [IPAddress]
    package var read: @Sendable (String) throws(DNSError) -> [UInt8]
    /// Reads a file that is looked at on its own, and so is no part of the configuration.
    package var readContent: @Sendable (String) throws(DNSError) -> [UInt8]
    /// What tells a file from what it was; nil if it cannot be looked at.
    package var mark: @Sendable (String) -> FileMark? = { path in
        (try? File.status(path)).flatMap(\.self).map { FileMark($0) }
    }
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
        read = Self.content
        readContent = Self.content
    }

    private static func content(of path: String) throws(DNSError) -> [UInt8] {
        do throws(PlatformError) { return try File.read(path) } catch {
            throw DNSError(.configuration, "read \(path)", error.reason)
        }
    }
}
