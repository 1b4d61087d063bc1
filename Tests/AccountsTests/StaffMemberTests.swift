import Kernel
import TestSupport
import Testing
import Web

@testable import Accounts

struct StaffMemberTests {
    static let hanoi = House.hanoi, danang = House.danang
    static let serves = [StaffMember.Event.added, .rolesSet(agency: hanoi, roles: [.reception])]
    static let servesTwice = serves + [.rolesSet(agency: danang, roles: [.leader])]
    static let administers = serves + [.rolesSet(agency: danang, roles: [.admin])]
    static let boss = ID<Officer>(rawValue: "boss"), other = ID<Officer>(rawValue: "other")
    static let summit = ID<Agency>(rawValue: "summit"), hue = ID<Agency>(rawValue: "hue")
    static let name = ID<Proposal>(rawValue: "p")
    static let hanoiBoss = StaffMember.Author.administrator(.init(id: boss, agency: hanoi, over: [hanoi]))
    static let hanoiOther = StaffMember.Author.administrator(.init(id: other, agency: hanoi, over: [hanoi]))
    static let danangBoss = StaffMember.Author.administrator(.init(id: other, agency: danang, over: [danang]))
    static let above = StaffMember.Author.administrator(
        .init(id: other, agency: summit, over: [hanoi, danang, summit])
    )
    static let namesake = StaffMember.Author.administrator(
        .init(id: boss, agency: hanoi, over: [hanoi], isNamesake: true)
    )

    static func proposed(_ act: Proposal.Act, _ needs: Proposal.Need..., in agency: ID<Agency> = hanoi)
        -> StaffMember.Event
    {
        .proposed(proposal: Proposal(id: name, act: act, agency: agency, by: boss, needs: needs))
    }

    @Test(
        arguments: [
            (
                [], .add(to: hanoi, [.leader, .reception], by: hanoiBoss, proposal: name),
                [.added, .rolesSet(agency: hanoi, roles: [.reception, .leader])]
            ),
            (
                [], .add(to: hanoi, [.admin], by: .installation, proposal: name),
                [.added, .rolesSet(agency: hanoi, roles: [.admin])]
            ),
            (
                serves, .setRoles(in: hanoi, [.leader], by: hanoiBoss, proposal: name),
                [.rolesSet(agency: hanoi, roles: [.leader])]
            ),
            (serves, .setRoles(in: hanoi, [.reception], by: hanoiBoss, proposal: name), []),
            (
                serves, .setRoles(in: hanoi, [], by: .installation, proposal: name),
                [.rolesSet(agency: hanoi, roles: [])]
            ),
            (serves, .disable(by: hanoiBoss, proposal: name), [.disabled]),
            (serves + [.disabled], .disable(by: hanoiBoss, proposal: name), []),
            (serves + [.disabled], .enable(by: hanoiBoss, proposal: name), [.enabled]),
            (servesTwice, .disable(by: .installation, proposal: name), [.disabled]),
            (servesTwice, .disable(by: above, proposal: name), [.disabled]),
            (
                servesTwice + [.rolesSet(agency: danang, roles: [])], .disable(by: hanoiBoss, proposal: name),
                [.disabled]
            ),
            (serves, .resetPassword(by: hanoiBoss, proposal: name), [.passwordReset]),
            (serves, .changePassword, [.passwordChanged]),
            // Their own agency's post each may end.
            (
                servesTwice, .setRoles(in: hanoi, [], by: hanoiBoss, proposal: name),
                [.rolesSet(agency: hanoi, roles: [])]
            ),
            (
                administers, .setRoles(in: danang, [], by: danangBoss, proposal: name),
                [.rolesSet(agency: danang, roles: [])]
            ),
        ] as [([StaffMember.Event], StaffMember.Command, [StaffMember.Event])]
    )
    func `rights change as those who may ask for it`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        events: [StaffMember.Event]
    ) throws {
        #expect(try StaffMember(replaying: past).decide(command) == events)
    }

    @Test(
        arguments: [
            // A second administrator, of a new account and of one that is there.
            (
                [], .add(to: hanoi, [.admin, .clerk], by: hanoiBoss, proposal: name),
                [
                    .added, .rolesSet(agency: hanoi, roles: [.clerk]),
                    proposed(.roles(roles: [.clerk, .admin]), .administrator(agency: hanoi)),
                ]
            ),
            (
                [], .add(to: hanoi, [.admin], by: hanoiBoss, proposal: name),
                [.added, proposed(.roles(roles: [.admin]), .administrator(agency: hanoi))]
            ),
            (
                serves, .setRoles(in: hanoi, [.admin], by: hanoiBoss, proposal: name),
                [proposed(.roles(roles: [.admin]), .administrator(agency: hanoi))]
            ),
            // A second account of their own.
            (
                [], .add(to: hanoi, [.leader], by: namesake, proposal: name),
                [.added, proposed(.roles(roles: [.leader]), .administrator(agency: hanoi))]
            ),
            (
                serves, .setRoles(in: hanoi, [.leader], by: namesake, proposal: name),
                [proposed(.roles(roles: [.leader]), .administrator(agency: hanoi))]
            ),
            // Another agency's officer.
            (
                [.added, .rolesSet(agency: danang, roles: [.leader])],
                .setRoles(in: hanoi, [.reception], by: hanoiBoss, proposal: name),
                [proposed(.roles(roles: [.reception]), .person)]
            ),
            (
                [.added, .rolesSet(agency: danang, roles: [.leader])],
                .setRoles(in: hanoi, [.admin], by: hanoiBoss, proposal: name),
                [proposed(.roles(roles: [.admin]), .person, .administrator(agency: hanoi))]
            ),
            // The whole account of somebody who serves elsewhere too, and that of another administrator.
            (
                servesTwice, .disable(by: hanoiBoss, proposal: name),
                [proposed(.disable, .administrator(agency: danang))]
            ),
            (
                servesTwice, .resetPassword(by: hanoiBoss, proposal: name),
                [proposed(.passwordReset, .administrator(agency: danang))]
            ),
            (
                [.added, .rolesSet(agency: hanoi, roles: [.admin])], .resetPassword(by: hanoiBoss, proposal: name),
                [proposed(.passwordReset, .administrator(agency: hanoi))]
            ),
        ] as [([StaffMember.Event], StaffMember.Command, [StaffMember.Event])]
    )
    func `what one administrator may not do alone waits`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        events: [StaffMember.Event]
    ) throws {
        #expect(try StaffMember(replaying: past).decide(command) == events)
    }

    static let promotion = serves + [proposed(.roles(roles: [.admin]), .administrator(agency: hanoi))]
    static let invitation = [
        StaffMember.Event.added, .rolesSet(agency: danang, roles: [.leader]),
        proposed(.roles(roles: [.admin]), .person, .administrator(agency: hanoi)),
    ]
    static let closing = servesTwice + [proposed(.disable, .administrator(agency: danang))]

    @Test(
        arguments: [
            (
                promotion, .agree(to: name, by: hanoiOther),
                [
                    .agreed(proposal: name, need: .administrator(agency: hanoi)),
                    .rolesSet(agency: hanoi, roles: [.admin]),
                ]
            ),
            (
                promotion, .agree(to: name, by: .installation),
                [
                    .agreed(proposal: name, need: .administrator(agency: hanoi)),
                    .rolesSet(agency: hanoi, roles: [.admin]),
                ]
            ),
            (invitation, .agree(to: name, by: .themselves), [.agreed(proposal: name, need: .person)]),
            (invitation, .agree(to: name, by: danangBoss), [.agreed(proposal: name, need: .person)]),
            (
                invitation + [.agreed(proposal: name, need: .person)], .agree(to: name, by: hanoiOther),
                [
                    .agreed(proposal: name, need: .administrator(agency: hanoi)),
                    .rolesSet(agency: hanoi, roles: [.admin]),
                ]
            ),
            (
                closing, .agree(to: name, by: danangBoss),
                [.agreed(proposal: name, need: .administrator(agency: danang)), .disabled]
            ),
            (closing, .refuse(name, by: danangBoss), [.refused(proposal: name)]),
            (closing, .refuse(name, by: hanoiBoss), [.refused(proposal: name)]),
            (invitation, .refuse(name, by: .themselves), [.refused(proposal: name)]),
        ] as [([StaffMember.Event], StaffMember.Command, [StaffMember.Event])]
    )
    func `the word of those who are asked brings it about, or ends it`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        events: [StaffMember.Event]
    ) throws {
        #expect(try StaffMember(replaying: past).decide(command) == events)
        #expect(StaffMember(replaying: past + events).proposals.allSatisfy { $0.needs.count == 1 })
    }

    @Test(
        arguments: [
            (serves, .add(to: hanoi, [.leader], by: hanoiBoss, proposal: name), .alreadyAdded),
            ([], .add(to: hanoi, [], by: hanoiBoss, proposal: name), .noRole),
            ([], .setRoles(in: hanoi, [.leader], by: .installation, proposal: name), .unknown),
            ([], .changePassword, .unknown),
            (serves, .setRoles(in: hanoi, [.leader], by: .themselves, proposal: name), .ownRights),
            (serves, .disable(by: .themselves, proposal: name), .ownRights),
            (serves, .resetPassword(by: .themselves, proposal: name), .ownRights),
            (serves, .disable(by: danangBoss, proposal: name), .servesNotThere),
            (promotion, .agree(to: name, by: hanoiBoss), .secondPersonNeeded),
            (promotion, .agree(to: name, by: .themselves), .noSuchProposal),
            (promotion, .agree(to: name, by: danangBoss), .noSuchProposal),
            (promotion, .refuse(name, by: danangBoss), .noSuchProposal),
            (serves, .agree(to: name, by: hanoiOther), .noSuchProposal),
            (closing, .agree(to: name, by: hanoiOther), .noSuchProposal),
            (invitation, .agree(to: name, by: hanoiBoss), .secondPersonNeeded),
            // Nobody else says that somebody wants to serve somewhere, nor can it be said for them.
            (
                serves + [proposed(.roles(roles: [.reception]), .person, in: danang)],
                .agree(to: name, by: .installation), .noSuchProposal
            ),
            // Whoever has come to serve in one more agency since has not been spoken for there.
            (
                closing + [.rolesSet(agency: hue, roles: [.clerk])],
                .agree(to: name, by: danangBoss), .noSuchProposal
            ),
            (
                promotion + [.rolesSet(agency: hanoi, roles: [.clerk])], .agree(to: name, by: hanoiOther),
                .noSuchProposal
            ),
            (promotion + [.refused(proposal: name)], .agree(to: name, by: hanoiOther), .noSuchProposal),
        ] as [([StaffMember.Event], StaffMember.Command, StaffMember.Refusal)]
    )
    func `what nobody may ask for is refused`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        refusal: StaffMember.Refusal
    ) {
        #expect(throws: refusal) { try StaffMember(replaying: past).decide(command) }
    }

    @Test func `events are stored as ever`() throws {
        let examples: [StaffMember.Event] = [
            .added,
            .rolesSet(agency: Self.hanoi, roles: [.reception, .caseOfficer]),
            .disabled,
            .enabled,
            .passwordReset,
            .passwordChanged,
            Self.proposed(.roles(roles: [.admin]), .person, .administrator(agency: Self.hanoi)),
            Self.proposed(.disable),
            Self.proposed(.enable),
            Self.proposed(.passwordReset),
            .agreed(proposal: Self.name, need: .administrator(agency: Self.hanoi)),
            .refused(proposal: Self.name),
        ]
        #expect(try faultsOfStoredForms("StaffMember.Event", examples) == [])
    }
}
