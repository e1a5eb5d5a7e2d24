import COpenSSL
import Platform
import Synchronization

/// A certificate and its key, in PEM.
package struct TestIdentity: Hashable, Sendable {
    package let certificate: [UInt8]
    package let key: [UInt8]
}

/// Signs certificates, which are made anew for every test.
package final class CertificateAuthority: Sendable {
    /// The authority's own certificate, in PEM.
    package let certificate: [UInt8]
    private let key: [UInt8]
    private let name: String
    private let serial = Mutex(1)

    package init(_ name: String = "weft test authority") throws {
        let key = try KeyPair()
        let request = CertificateRequest(
            subject: name, serial: 1, validity: .now,
            extensions: [
                (NID_basic_constraints, "critical,CA:TRUE"),
                (NID_key_usage, "critical,keyCertSign,cRLSign"),
            ])
        certificate = try request.sign(key, by: name, key).pem
        self.key = try key.pem
        self.name = name
    }

    /// Certifies a server at 127.0.0.1 and localhost, or at other names.
    package func server(
        names: String = "IP:127.0.0.1,DNS:localhost", valid: Validity = .now
    ) throws -> TestIdentity {
        try issue(
            "weft test server", valid,
            [
                (NID_subject_alt_name, names), (NID_ext_key_usage, "serverAuth"),
            ])
    }

    /// Certifies a client by its name.
    package func client(_ name: String, valid: Validity = .now) throws -> TestIdentity {
        try issue(name, valid, [(NID_ext_key_usage, "clientAuth")])
    }

    private func issue(
        _ subject: String, _ validity: Validity, _ extensions: [(CInt, String)]
    ) throws -> TestIdentity {
        let number = serial.withLock {
            $0 += 1
            return $0
        }
        let key = try KeyPair()
        let request = CertificateRequest(
            subject: subject, serial: number, validity: validity, extensions: extensions)
        let certificate = try request.sign(key, by: name, try KeyPair(pem: self.key))
        return TestIdentity(certificate: try certificate.pem, key: try key.pem)
    }
}

/// From when to when a certificate is good, in seconds from now.
package struct Validity: Hashable, Sendable {
    let begin: Int
    let end: Int

    package static let now = Validity(begin: -3600, end: 3600)
    package static let past = Validity(begin: -7200, end: -3600)
    package static let future = Validity(begin: 3600, end: 7200)
}
