import Platform
import TestSupport
import Testing

@testable import Kubernetes

@Suite struct `The end of a certificate` {
    // Made by openssl req -x509 -days 1, and -days 36500.
    private static let short = """
        -----BEGIN CERTIFICATE-----
        MIIBbjCCAROgAwIBAgIUGmn7AuSJZqV9Bec2iHXTEJm+nz0wCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBdTAeFw0yNjExMjYwOTQwNDZaFw0yNjExMjcwOTQwNDZaMAwx
        CjAIBgNVBAMMAXUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATRB6cuDGpeZoXG
        /dChJQY1D/7FUEUVvqxbHoMeIxZzB2LpwsaIq+TQz7/PMQ5qA3eGSD+Zz5LIz2tz
        WGzyu+abo1MwUTAdBgNVHQ4EFgQU/W+JgQNc/5Wj3aHFITfkw6ZpMUwwHwYDVR0j
        BBgwFoAU/W+JgQNc/5Wj3aHFITfkw6ZpMUwwDwYDVR0TAQH/BAUwAwEB/zAKBggq
        hkjOPQQDAgNJADBGAiEA6EQezs0H2OKPV2qfgG1vRlYMINfvBJrh8HO7OtokMfoC
        IQCixaBE5+XGbL8q0vgEFFJtLFXvLy6EZZKDqQCcO9TcaQ==
        -----END CERTIFICATE-----

        """

    private static let long = """
        -----BEGIN CERTIFICATE-----
        MIIBbjCCARWgAwIBAgIUQ9GLxKzvvF3Hozr+WimvUxtP0WswCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBdTAgFw0yNjExMjYwOTQwNDZaGA8yMTI2MTEwMjA5NDA0Nlow
        DDEKMAgGA1UEAwwBdTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNB+s2C0ZymT
        y9iX5jx0tku5Z2dhxhaw+E9UBfgti4/NGbeJ0YC3YjiOfYMeciVcmPee4jlbtOWM
        N0DbEirwECGjUzBRMB0GA1UdDgQWBBSfAtAmxo+pADhT97wXERyQktjpFTAfBgNV
        HSMEGDAWgBSfAtAmxo+pADhT97wXERyQktjpFTAPBgNVHRMBAf8EBTADAQH/MAoG
        CCqGSM49BAMCA0cAMEQCIGi0cApOIILnDs47Bbsct8ZJTFe57bprSbLi2J/OfjRB
        AiA6bWP6Z38Mc4LKKaHIahOUYInAXptNCeAGTHju7SAYBw==
        -----END CERTIFICATE-----

        """

    @Test(
        arguments: [
            (short, "2026-11-27T09:40:46Z"), (long, "2126-11-02T09:40:46Z"),
            ("# a comment\n" + long + short, "2126-11-02T09:40:46Z"),
            (short.replacing("\n", with: "\r\n"), "2026-11-27T09:40:46Z"),
        ])
    func `it is read from the first one`(pem: String, end: String) {
        #expect(CertificateEnd(pem: Array(pem.utf8))?.text == end)
    }

    @Test func `what is damaged has none, or another, but does no harm`() {
        let bytes = Array(Self.short.utf8)
        for index in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                _ = CertificateEnd(pem: damaged)
            }
            #expect(CertificateEnd(pem: Array(bytes[..<min(index, 200)])) == nil)
        }
        #expect(CertificateEnd(pem: Array(Sample.certificate.utf8)) == nil)
    }

    @Test func `an expired one is told of once`() throws {
        let certificate = Sample.base64(Self.short)
        let text = Sample.kubeconfig(user: [
            "client-certificate-data: \(certificate)",
            "client-key-data: \(Sample.base64(Sample.key))",
        ])
        try withTemporaryDirectory { directory in
            try write(text, to: "\(directory)/config")
            var credentials = try Credentials(
                CredentialsSettings(kubeconfig: "\(directory)/config", environment: [:]))
            let end = try #require(CertificateEnd(pem: Array(Self.short.utf8))).time
            let before = Moment(
                monotonic: Moment.at(0).monotonic, wall: WallTime(nanoseconds: end.nanoseconds - 1))
            let after = Moment(monotonic: Moment.at(0).monotonic, wall: end)
            _ = try credentials.current(now: before)
            #expect(credentials.takeWarnings().isEmpty)
            _ = try credentials.current(now: after)
            let warnings = credentials.takeWarnings()
            #expect(warnings.count == 1 && warnings[0].contains("2026-11-27T09:40:46Z"))
            _ = try credentials.current(now: after)
            #expect(credentials.takeWarnings().isEmpty)
        }
    }
}
