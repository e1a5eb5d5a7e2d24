import Testing

@testable import Kubernetes

@Suite struct `Secrets` {
    /// Users whose every secret has HUSH in it, and that are all wrong in some way.
    private static let users: [[String]] = [
        ["token: \"HUSH\\nHUSH\""], ["token: [HUSH]"], ["token: HUSH", "client-key: k"],
        ["client-key-data: HUSH!"], ["client-key-data: \(Sample.base64("HUSH"))"],
        ["username: HUSH", "password: HUSH"], ["auth-provider: {config: {token: HUSH}}"],
        ["exec: {args: [HUSH], env: [{name: A, value: HUSH}]}"],
        ["exec: {command: a, args: HUSH}"], ["token: HUSH", "token: HUSH"], ["token: 'HUSH"],
        ["token: HUSH: HUSH"], ["as: \"\\x01\"", "token: HUSH"],
        ["client-key-data: &HUSH [*HUSH2]"],
    ]

    @Test(arguments: users)
    func `no error shows one`(user: [String]) {
        let thrown = #expect(throws: CredentialsError.self) { try Sample.plan(user: user) }
        // Names of anchors are no secrets.
        let text = "\(thrown as Any)".replacing("*HUSH2", with: "").replacing("&HUSH2", with: "")
        #expect(!text.contains("HUSH"), "\(text)")
    }

    @Test func `nothing that is printed or dumped shows one`() throws {
        let plan = try Sample.plan(
            cluster: ["proxy-url: http://u:HUSH@p"],
            user: [
                "token: HUSH", "client-certificate: c",
                "client-key-data: \(Sample.base64(Sample.key))",
            ])
        var access = plan.access
        access.token = Secret("HUSH")
        access.clientKeyPEM = Secret(Sample.key)
        var dumped = ""
        dump(access, to: &dumped)
        dump(plan.token, to: &dumped)
        dump(plan.key, to: &dumped)
        let printed = "\(access) \(plan.access) \(plan.token) \(plan.key as Any)"
        for text in [dumped, printed, String(reflecting: access), String(reflecting: plan.key)] {
            #expect(!text.contains("HUSH"), "\(text)")
            #expect(!text.contains("72, 85, 83, 72"), "\(text)")
        }
        #expect(printed.contains("(secret)"))
    }
}
