import Platform
import TestSupport
import Testing

@testable import Kubernetes

/// Where credentials are found; each place has a server of its own name.
@Suite struct `The search for credentials` {
    private struct Places {
        let directory: String
        var settings: CredentialsSettings

        init(_ directory: String) throws {
            self.directory = directory
            settings = CredentialsSettings(environment: [:])
            settings.serviceAccount = "\(directory)/account"
        }

        func file(_ name: String, user: [String] = []) throws -> String {
            let path = "\(directory)/\(name)"
            let text = Sample.kubeconfig(user: user).replacing("10.0.0.1:6443", with: name)
            try write(text, to: path)
            return path
        }

        mutating func addHome() throws {
            try Directory.create("\(directory)/.kube")
            let text = Sample.kubeconfig().replacing("10.0.0.1:6443", with: "home")
            try write(text, to: "\(directory)/.kube/config")
            settings.environment["HOME"] = directory
        }

        mutating func addPod(host: String = "pod") throws {
            try Directory.create(settings.serviceAccount)
            for (name, text) in [
                ("token", "t1\n"), ("ca.crt", Sample.certificate), ("namespace", "shop\n"),
            ] { try write(text, to: "\(settings.serviceAccount)/\(name)") }
            settings.environment["KUBERNETES_SERVICE_HOST"] = host
            settings.environment["KUBERNETES_SERVICE_PORT"] = "443"
        }
    }

    @Test func `a server that was named is shown the certificate that was named`() throws {
        try withPlaces { places in
            let files = ["client.crt", "client.key", "ca.crt"].map { "\(places.directory)/\($0)" }
            for (file, text) in zip(files, [Sample.certificate, Sample.key, Sample.other]) {
                try write(text, to: file)
            }
            places.settings.server = "https://10.0.0.9:6443"
            places.settings.certificates = .init(
                certificate: files[0], key: files[1], authority: files[2])
            var credentials = try Credentials(places.settings)
            let access = try credentials.current(now: .at(0))
            #expect(access.clientCertificatePEM == Array(Sample.certificate.utf8))
            #expect(access.clientKeyPEM?.revealed == Sample.key)
            #expect(access.authorityPEM == Array(Sample.other.utf8))
        }
    }

    private func withPlaces(_ body: (inout Places) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            var places = try Places(directory)
            try body(&places)
        }
    }

    private func server(_ places: Places) throws -> String {
        var credentials = try Credentials(places.settings)
        return try credentials.current(now: .at(0)).server
    }

    @Test(
        arguments: [
            ("https://10.0.0.9:6443/", "https://10.0.0.9:6443"),
            ("http://[::1]:80", "http://[::1]:80"),
            ("10.0.0.9:6443", nil), ("https://", nil), ("https://u:p@host", nil), ("", nil),
        ])
    func `a server that was named counts, with the credentials of the kubeconfig`(
        text: String, server: String?
    ) throws {
        try withPlaces { places in
            try places.addHome()
            try places.addPod()
            places.settings.server = text
            for kubeconfig in [nil, try places.file("named", user: ["token: t1"])] {
                places.settings.kubeconfig = kubeconfig
                guard let server else {
                    let error = #expect(throws: CredentialsError.self) {
                        try Credentials(places.settings)
                    }
                    #expect(error?.code == .invalid)
                    continue
                }
                var credentials = try Credentials(places.settings)
                let access = try credentials.current(now: .at(0))
                #expect(access.server == server)
                #expect((access.token != nil) == (kubeconfig != nil))
            }
        }
    }

    @Test func `the first place that has any counts`() throws {
        try withPlaces { places in
            try places.addHome()
            #expect(try server(places) == "https://home")
            try places.addPod()
            #expect(try server(places) == "https://pod:443")
            places.settings.environment["KUBECONFIG"] = try places.file("listed")
            #expect(try server(places) == "https://listed")
            places.settings.kubeconfig = try places.file("explicit")
            #expect(try server(places) == "https://explicit")
        }
    }

    @Test func `a file that is named and missing is an error, one of a list a warning`() throws {
        try withPlaces { places in
            let missing = "\(places.directory)/missing"
            places.settings.environment["KUBECONFIG"] = "\(missing)::\(try places.file("listed"))"
            var credentials = try Credentials(places.settings)
            #expect(
                credentials.takeWarnings() == ["\(missing), which KUBECONFIG names, is not there"])
            #expect(credentials.takeWarnings() == [])
            places.settings.kubeconfig = missing
            let error = #expect(throws: CredentialsError.self) { try Credentials(places.settings) }
            #expect(error?.place == missing && error?.code == .unreadable)
        }
    }

    @Test func `a list of which nothing is there is passed over`() throws {
        try withPlaces { places in
            try places.addHome()
            places.settings.environment["KUBECONFIG"] = "/missing/one:/missing/two"
            #expect(try server(places) == "https://home")
        }
    }

    @Test func `nothing anywhere is told with all that was tried`() throws {
        try withPlaces { places in
            places.settings.environment = ["HOME": places.directory, "KUBECONFIG": "/missing"]
            let error = #expect(throws: CredentialsError.self) { try Credentials(places.settings) }
            #expect(
                error.map { "\($0)" } == "nothing says how to reach an API server; give "
                    + "--kubeconfig FILE (tried: no file of KUBECONFIG=/missing is there and says "
                    + "something; not in a pod: KUBERNETES_SERVICE_HOST and _PORT are not set; "
                    + "\(places.directory)/.kube/config is not there)")
        }
    }

    @Test func `a context that is asked for is not looked for in a pod`() throws {
        try withPlaces { places in
            try places.addPod()
            try places.addHome()
            places.settings.context = "c"
            #expect(try server(places) == "https://home")
        }
    }

    @Test func `a pod has all it needs in its files`() throws {
        try withPlaces { places in
            try places.addPod(host: "fd00::1")
            var credentials = try Credentials(places.settings)
            var expected = ClusterAccess(server: "https://[fd00::1]:443")
            expected.token = Secret("t1")
            expected.authorityPEM = Array(Sample.certificate.utf8)
            expected.namespace = "shop"
            #expect(try credentials.current(now: .at(0)) == expected)
            #expect(credentials.takeWarnings().isEmpty)
        }
    }

    @Test func `a pod without the authority is told so, one without a token has none`() throws {
        try withPlaces { places in
            try places.addPod()
            try File.remove("\(places.settings.serviceAccount)/ca.crt")
            var credentials = try Credentials(places.settings)
            #expect(try credentials.current(now: .at(0)).authorityPEM == nil)
            #expect(credentials.takeWarnings().count == 1)
            try File.remove("\(places.settings.serviceAccount)/token")
            #expect(throws: CredentialsError.self) {
                var credentials = try Credentials(places.settings)
                _ = try credentials.current(now: .at(0))
            }
            places.settings.environment["KUBERNETES_SERVICE_PORT"] = "0"
            #expect(throws: CredentialsError.self) { try Credentials(places.settings) }
        }
    }
}
